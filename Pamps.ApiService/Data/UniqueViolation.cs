using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Pamps.ApiService.Data;

/// <summary>Recognises that two racing writes met in a unique index: the database settles races, not a look before the write.</summary>
internal static class UniqueViolation
{
    /// <summary>The index or key that was hit, or null when the failure is of another kind.</summary>
    /// <param name="exception">The failure of <c>SaveChanges</c>.</param>
    public static string? Of(DbUpdateException exception) =>
        exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } violation
            ? violation.ConstraintName ?? ""
            : null;
}
