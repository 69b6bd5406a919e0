using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Extensions.Caching.Memory;

namespace Pamps.ApiService.Auth;

/// <summary>What an access token said whose signature, issuer and audience were good.</summary>
/// <param name="AccountId">Its <c>sub</c>.</param>
/// <param name="SessionId">Its <c>sid</c>.</param>
/// <param name="Scope">Its <c>scope</c>.</param>
/// <param name="Expires">Its <c>exp</c>, UTC.</param>
internal sealed record VerifiedToken(long AccountId, long SessionId, string Scope, DateTime Expires);

/// <summary>
/// Access tokens that this process has verified, so that it does so once for a token and not for each of its requests: what
/// is signed cannot change, and the keys change with the configuration, thus with the process. What can change, the end of
/// the token and the state of its session, is still asked every time. Tokens are known by their hash alone, so that memory
/// holds no credentials; nothing is kept of a token that was refused.
/// </summary>
internal sealed class VerifiedTokens(TimeProvider clock) : IDisposable
{
    private readonly MemoryCache _tokens = new(new MemoryCacheOptions { SizeLimit = 50_000 });

    /// <summary>What the token says, or null when it was not verified before or has expired.</summary>
    /// <param name="token">What came after <c>Bearer</c>.</param>
    public VerifiedToken? Find(ReadOnlySpan<char> token) =>
        token.Length <= AccessTokenShape.MaxLength && _tokens.TryGetValue(Digest.Of(token), out VerifiedToken? known) &&
        known!.Expires > clock.GetUtcNow().UtcDateTime
            ? known
            : null;

    /// <summary>Remembers a token that was just verified.</summary>
    /// <param name="token">What came after <c>Bearer</c>.</param>
    /// <param name="verified">What it says.</param>
    public void Add(ReadOnlySpan<char> token, VerifiedToken verified)
    {
        var left = verified.Expires - clock.GetUtcNow().UtcDateTime;
        if (left > TimeSpan.Zero)
        {
            _tokens.Set(Digest.Of(token), verified, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = left });
        }
    }

    public void Dispose() => _tokens.Dispose();

    /// <summary>SHA-256 of a token.</summary>
    private readonly record struct Digest(ulong First, ulong Second, ulong Third, ulong Fourth)
    {
        public static Digest Of(ReadOnlySpan<char> token)
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(MemoryMarshal.AsBytes(token), hash);
            return MemoryMarshal.Read<Digest>(hash);
        }
    }
}
