using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Pamps.ApiService.Contracts;

namespace Pamps.Web.Auth;

/// <summary>What a session remembers of its account, so that no page has to ask the API who is there.</summary>
internal static class SessionClaims
{
    /// <summary>The account's id; antiforgery tokens are bound to it.</summary>
    public const string Subject = "sub";

    /// <summary>The unique name.</summary>
    public const string Username = "name";

    /// <summary>The name to show.</summary>
    public const string DisplayName = "display_name";

    /// <summary><see cref="AccountRole"/>.</summary>
    public const string Role = "role";

    /// <summary>Present when the account works with billing.</summary>
    public const string BillingOperator = "billing_operator";

    /// <summary>The preferred language, if chosen.</summary>
    public const string Language = "lang";

    private const string SessionId = "session_id";
    private const string AccessToken = "access_token";
    private const string RefreshToken = "refresh_token";
    private const string ExpiresAt = "expires_at";

    /// <summary>The principal of an account.</summary>
    public static ClaimsPrincipal PrincipalOf(MeResponse me)
    {
        List<Claim> claims =
        [
            new(Subject, me.Id),
            new(Username, me.Username),
            new(DisplayName, me.DisplayName),
            new(Role, me.Role.ToString()),
        ];
        if (me.BillingOperator || me.Role is AccountRole.Administrator)
        {
            claims.Add(new(BillingOperator, "true"));
        }

        if (!string.IsNullOrEmpty(me.Language))
        {
            claims.Add(new(Language, me.Language));
        }

        return new(new ClaimsIdentity(claims, CookieAuthenticationDefaults.AuthenticationScheme, Username, Role));
    }

    /// <summary>Keeps the session's key and tokens beside the principal; the store protects both.</summary>
    public static void Keep(this AuthenticationProperties properties, VisitorSession session)
    {
        properties.Items[SessionId] = session.Id;
        properties.Items[AccessToken] = session.AccessToken;
        properties.Items[RefreshToken] = session.RefreshToken;
        properties.Items[ExpiresAt] = session.ExpiresAt.ToString("O", CultureInfo.InvariantCulture);
    }

    /// <summary>Reads what <see cref="Keep"/> wrote.</summary>
    public static VisitorSession? Session(this AuthenticationProperties properties) =>
        properties.Items.TryGetValue(SessionId, out var id) && id is not null
        && properties.Items.TryGetValue(AccessToken, out var access) && access is not null
        && properties.Items.TryGetValue(RefreshToken, out var refresh) && refresh is not null
        && properties.Items.TryGetValue(ExpiresAt, out var expires)
        && DateTimeOffset.TryParse(expires, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var expiresAt)
            ? new(id, access, refresh, expiresAt)
            : null;
}
