using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Accounts;

/// <summary>The states of an export, and an export on the wire.</summary>
internal static class ExportStates
{
    /// <summary>Waits for its turn.</summary>
    public const string Pending = "pending";

    /// <summary>Is being made.</summary>
    public const string Running = "running";

    /// <summary>Can be fetched.</summary>
    public const string Ready = "ready";

    /// <summary>Could not be made.</summary>
    public const string Failed = "failed";

    /// <summary>Was removed.</summary>
    public const string Expired = "expired";

    /// <summary>An export on the wire.</summary>
    /// <param name="export">The export.</param>
    public static ExportResponse ToResponse(AccountExport export) => new(
        WireId.Format(export.Id),
        export.State,
        export.RequestedAt,
        export.CompletedAt,
        export.ExpiresAt,
        export.Progress,
        export.State == Ready ? $"/api/v1/me/exports/{WireId.Format(export.Id)}/file" : null);
}
