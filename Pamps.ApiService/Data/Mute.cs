namespace Pamps.ApiService.Data;

/// <summary>One account does not want to read another, silently and perhaps for a while.</summary>
internal sealed class Mute
{
    public long Id { get; set; }

    public long MuterId { get; set; }

    public Account Muter { get; set; } = null!;

    public long MutedId { get; set; }

    public Account Muted { get; set; } = null!;

    /// <summary>Whether its notifications are hidden too.</summary>
    public bool Notifications { get; set; } = true;

    public DateTimeOffset? ExpiresAt { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}
