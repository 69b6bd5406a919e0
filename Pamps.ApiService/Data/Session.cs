namespace Pamps.ApiService.Data;

/// <summary>A sign-in and the family of refresh tokens that descends from it.</summary>
internal sealed class Session
{
    public long Id { get; set; }

    public long AccountId { get; set; }

    public Account Account { get; set; } = null!;

    /// <summary>What the client called itself.</summary>
    public string Client { get; set; } = "";

    /// <summary>Granted scopes, separated by blanks.</summary>
    public required string Scope { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset LastUsedAt { get; set; }

    /// <summary>The end that no refresh moves.</summary>
    public DateTimeOffset ExpiresAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    public List<RefreshToken> RefreshTokens { get; set; } = [];
}
