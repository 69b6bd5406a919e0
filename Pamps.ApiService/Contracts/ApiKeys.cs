using System.ComponentModel.DataAnnotations;

namespace Pamps.ApiService.Contracts;

/// <summary>What a new personal API key shall allow.</summary>
public sealed record CreateApiKeyRequest
{
    /// <summary>A name to tell keys apart.</summary>
    [Required]
    [StringLength(80, MinimumLength = 1)]
    public required string Name { get; init; }

    /// <summary>What it allows; at least one scope.</summary>
    [Required]
    [MinLength(1)]
    [MaxLength(40)]
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>When it ends; never when absent.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>A personal API key, without its secret.</summary>
/// <param name="Id">The opaque id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Prefix">The visible start of the key.</param>
/// <param name="Scopes">What it allows.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it ends, if it does.</param>
/// <param name="LastUsedAt">When it was last used, to the minute.</param>
public sealed record ApiKeyResponse(
    string Id,
    string Name,
    string Prefix,
    IReadOnlyList<string> Scopes,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? LastUsedAt);

/// <summary>A new key: the only answer that ever shows the secret.</summary>
/// <param name="Key">The whole key; keep it, it is not shown again.</param>
/// <param name="Details">The key without its secret.</param>
public sealed record CreatedApiKeyResponse(string Key, ApiKeyResponse Details);
