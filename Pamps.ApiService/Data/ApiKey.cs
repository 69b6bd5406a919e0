namespace Pamps.ApiService.Data;

/// <summary>A personal API key. Only its hash is stored.</summary>
internal sealed class ApiKey
{
    public long Id { get; set; }

    public long AccountId { get; set; }

    public Account Account { get; set; } = null!;

    public required string Name { get; set; }

    /// <summary>The visible start, unique, by which the row is found.</summary>
    public required string Prefix { get; set; }

    /// <summary>SHA-256 of the whole key; its secret part has 256 random bits, so a slow hash adds nothing.</summary>
    public required byte[] Hash { get; set; }

    public required string[] Scopes { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? ExpiresAt { get; set; }

    public DateTimeOffset? LastUsedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }
}
