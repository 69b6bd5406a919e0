using System.ComponentModel.DataAnnotations;

namespace Pamps.ApiService.Contracts;

/// <summary>How to mute an account.</summary>
public sealed record MuteRequest
{
    /// <summary>Seconds until the mute ends; for ever when absent.</summary>
    [Range(60, 31_536_000)]
    public int? ExpiresIn { get; init; }

    /// <summary>Whether its notifications are hidden too.</summary>
    public bool Notifications { get; init; } = true;
}

/// <summary>A muted account.</summary>
/// <param name="Account">The account.</param>
/// <param name="ExpiresAt">When the mute ends, if it does.</param>
/// <param name="Notifications">Whether its notifications are hidden too.</param>
public sealed record MuteResponse(AccountSummary Account, DateTimeOffset? ExpiresAt, bool Notifications);
