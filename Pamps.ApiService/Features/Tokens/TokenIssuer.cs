using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Tokens;

/// <summary>
/// Makes the pair of tokens of a session: a signed JWT that ends soon, and a random refresh token of which only the hash
/// is stored. The caller saves.
/// </summary>
internal sealed class TokenIssuer(SigningKeys keys, IOptions<JwtOptions> options, TimeProvider clock)
{
    private const int RefreshTokenBytes = 32;

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>A new session of an account, not yet saved.</summary>
    /// <param name="account">The account.</param>
    /// <param name="scope">Granted scopes, separated by blanks.</param>
    /// <param name="client">What the client calls itself.</param>
    public Session Open(Account account, string scope, string client)
    {
        var now = clock.GetUtcNow();
        return new Session
        {
            AccountId = account.Id,
            Client = client,
            Scope = scope,
            CreatedAt = now,
            LastUsedAt = now,
            ExpiresAt = now + options.Value.SessionLifetime,
        };
    }

    /// <summary>Adds a refresh token to a session; returns its text, which is stored nowhere.</summary>
    /// <param name="session">The session.</param>
    public string AddRefreshToken(Session session)
    {
        var now = clock.GetUtcNow();
        var text = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RefreshTokenBytes));
        var sliding = now + options.Value.RefreshTokenLifetime;
        session.LastUsedAt = now;
        session.RefreshTokens.Add(new RefreshToken
        {
            Hash = Hash(text),
            CreatedAt = now,
            ExpiresAt = sliding < session.ExpiresAt ? sliding : session.ExpiresAt,
        });
        return text;
    }

    /// <summary>The answer for a saved session.</summary>
    /// <param name="session">The session, with its id.</param>
    /// <param name="scope">What the access token allows; never more than the session.</param>
    /// <param name="refreshToken">The refresh token.</param>
    public TokenResponse Issue(Session session, string scope, string refreshToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var lifetime = options.Value.AccessTokenLifetime;
        var token = _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = options.Value.Issuer,
            Audience = options.Value.Audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + lifetime,
            SigningCredentials = keys.Credentials,
            Claims = new Dictionary<string, object>
            {
                [PampsClaims.Subject] = WireId.Format(session.AccountId),
                [PampsClaims.Session] = WireId.Format(session.Id),
                [PampsClaims.Scope] = scope,
                ["jti"] = Guid.NewGuid().ToString("N"),
            },
        });
        return new TokenResponse(token, "Bearer", (int)lifetime.TotalSeconds, refreshToken, scope);
    }

    /// <summary>The hash by which a refresh token is found. It has 256 random bits, so a slow hash adds nothing.</summary>
    /// <param name="refreshToken">The token.</param>
    public static byte[] Hash(string refreshToken) => SHA256.HashData(Encoding.UTF8.GetBytes(refreshToken));
}
