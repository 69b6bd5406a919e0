namespace Pamps.ApiService.Data;

/// <summary>One member of a session's chain of refresh tokens (RFC 9700 §4.14). Only its hash is stored.</summary>
internal sealed class RefreshToken
{
    public long Id { get; set; }

    public long SessionId { get; set; }

    public Session Session { get; set; } = null!;

    /// <summary>SHA-256 of the token.</summary>
    public required byte[] Hash { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>Set by the use that rotated it; a later use is theft or a lost answer.</summary>
    public DateTimeOffset? UsedAt { get; set; }
}
