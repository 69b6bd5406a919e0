using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Pamps.ApiService.Auth;

/// <summary>The keys of access tokens. Each has an id derived from itself, so that replicas agree on it and rotation needs no bookkeeping.</summary>
internal sealed class SigningKeys
{
    // IdentityModel 5 keeps what it verifies with, and two threads that are the first to use it get in each other's way:
    // a process that has just started would refuse good tokens.
    private static readonly CryptoProviderFactory Unshared = new() { CacheSignatureProviders = false };

    private readonly Dictionary<string, SecurityKey> _byId;

    public SigningKeys(IOptions<JwtOptions> options)
    {
        var current = Key(options.Value.SigningKey);
        Credentials = new SigningCredentials(current, SecurityAlgorithms.HmacSha256);
        _byId = options.Value.PreviousSigningKeys.Select(Key).Append(current)
            .DistinctBy(key => key.KeyId)
            .ToDictionary(key => key.KeyId, key => (SecurityKey)key);
        Unnamed = [.. options.Value.PreviousSigningKeys.Prepend(options.Value.SigningKey).Distinct()
            .Select(secret => new SymmetricSecurityKey(Encoding.UTF8.GetBytes(secret)) { CryptoProviderFactory = Unshared })];
    }

    /// <summary>The same keys, current one first, without ids: tokens of the older APIs name no key.</summary>
    public IReadOnlyList<SecurityKey> Unnamed { get; }

    /// <summary>What signs new tokens.</summary>
    public SigningCredentials Credentials { get; }

    /// <summary>The key of that id alone: a token that names no key, or another one, is not tried against all.</summary>
    /// <param name="keyId">The <c>kid</c> of a token.</param>
    public IEnumerable<SecurityKey> Find(string? keyId) =>
        keyId is not null && _byId.TryGetValue(keyId, out var key) ? [key] : [];

    private static SymmetricSecurityKey Key(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        // A hash of a hash, cut short: it tells nothing about the key.
        var id = Convert.ToHexStringLower(SHA256.HashData(SHA256.HashData(bytes)).AsSpan(0, 8));
        return new SymmetricSecurityKey(bytes) { KeyId = id, CryptoProviderFactory = Unshared };
    }
}
