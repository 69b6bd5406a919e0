using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Accounts;

internal static class GetExport
{
    private const int Most = 40;

    /// <summary>Tells how far an export is, and where to fetch it.</summary>
    /// <param name="exportId">The export.</param>
    public static async Task<Results<Ok<ExportResponse>, ProblemHttpResult>> HandleAsync(
        long exportId, PampsDbContext db, CurrentUser user, CancellationToken cancellationToken) =>
        await db.AccountExports.AsNoTracking()
            .SingleOrDefaultAsync(export => export.Id == exportId && export.AccountId == user.RequiredId, cancellationToken) is { } found
            ? TypedResults.Ok(ExportStates.ToResponse(found))
            : Problems.NotFound();

    /// <summary>Lists the caller's exports, newest first, at most 40.</summary>
    public static async Task<Ok<IReadOnlyList<ExportResponse>>> HandleListAsync(PampsDbContext db, CurrentUser user, CancellationToken cancellationToken)
    {
        var exports = await db.AccountExports.AsNoTracking()
            .Where(export => export.AccountId == user.RequiredId)
            .OrderByDescending(export => export.Id)
            .Take(Most)
            .ToListAsync(cancellationToken);
        return TypedResults.Ok<IReadOnlyList<ExportResponse>>(exports.ConvertAll(ExportStates.ToResponse));
    }
}
