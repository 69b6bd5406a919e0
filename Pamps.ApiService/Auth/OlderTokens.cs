using System.Globalization;
using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Pamps.ApiService.Data;

namespace Pamps.ApiService.Auth;

/// <summary>
/// Tokens of the older APIs: HS256 under the same key, a header of <c>alg</c> and <c>typ</c> alone, and the claims that
/// their clients read: <c>sub</c> (user name), <c>user_id</c>, <c>fresh</c>, <c>scope</c> (which of the two tokens it is)
/// and <c>exp</c>. No audience: libraries of those clients refuse a token with one they were not told of. The session in
/// <c>sid</c> ends both tokens, and decides what the access token allows.
/// </summary>
internal sealed class OlderTokens(SigningKeys keys, TimeProvider clock)
{
    /// <summary>The <c>scope</c> of an access token.</summary>
    public const string Access = "access_token";

    /// <summary>The <c>scope</c> of a refresh token, which is not one to call with.</summary>
    public const string Refresh = "refresh_token";

    private const string UserId = "user_id";

    private const string Fresh = "fresh";

    private static readonly TimeSpan AccessLifetime = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan RefreshLifetime = TimeSpan.FromMinutes(600);

    private readonly JsonWebTokenHandler _writer = new() { SetDefaultTimesOnTokenCreation = false };

    private readonly JwtSecurityTokenHandler _reader = new() { MapInboundClaims = false };

    /// <summary>An access token of a saved session.</summary>
    /// <param name="session">The session.</param>
    /// <param name="username">The name of its account.</param>
    /// <param name="fresh">Whether the password was given just now, rather than a refresh token.</param>
    public string IssueAccess(Session session, string username, bool fresh) =>
        Write(session, username, AccessLifetime, new() { [PampsClaims.Scope] = Access, [Fresh] = fresh });

    /// <summary>A refresh token of a saved session. It may be used until it expires, as in the originals.</summary>
    /// <param name="session">The session.</param>
    /// <param name="username">The name of its account.</param>
    public string IssueRefresh(Session session, string username) =>
        Write(session, username, RefreshLifetime, new() { [PampsClaims.Scope] = Refresh });

    /// <summary>Checks signature, time and kind; null when anything is not right. The session is for the caller to look up.</summary>
    /// <param name="token">The token.</param>
    /// <param name="kind"><see cref="Access"/> or <see cref="Refresh"/>.</param>
    public (long SessionId, long AccountId)? Read(string token, string kind)
    {
        if (!AccessTokenShape.IsPlausible(token, named: false))
        {
            return null;
        }

        ClaimsPrincipal principal;
        try
        {
            principal = _reader.ValidateToken(token, new TokenValidationParameters
            {
                ValidateIssuer = false,
                ValidateAudience = false,
                ValidateIssuerSigningKey = true,
                RequireSignedTokens = true,
                RequireExpirationTime = true,
                ValidateLifetime = true,
                ClockSkew = TimeSpan.Zero,
                IssuerSigningKeys = keys.Unnamed,
                LifetimeValidator = (_, expires, _, _) => expires > clock.GetUtcNow().UtcDateTime,
            }, out _);
        }
        catch (Exception exception) when (exception is SecurityTokenException or ArgumentException)
        {
            return null;
        }

        return principal.FindFirst(PampsClaims.Scope)?.Value == kind
            && TryNumber(principal, PampsClaims.Session, out var session)
            && TryNumber(principal, UserId, out var account)
            ? (session, account)
            : null;
    }

    private static bool TryNumber(ClaimsPrincipal principal, string claim, out long number) =>
        long.TryParse(principal.FindFirst(claim)?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private string Write(Session session, string username, TimeSpan lifetime, Dictionary<string, object> claims)
    {
        claims[PampsClaims.Subject] = username;
        claims[UserId] = session.AccountId;
        claims[PampsClaims.Session] = session.Id.ToString(CultureInfo.InvariantCulture);
        claims["jti"] = Guid.NewGuid().ToString("N");
        return _writer.CreateToken(new SecurityTokenDescriptor
        {
            Expires = (clock.GetUtcNow() + lifetime).UtcDateTime,
            SigningCredentials = new SigningCredentials(keys.Unnamed[0], SecurityAlgorithms.HmacSha256),
            Claims = claims,
        });
    }
}
