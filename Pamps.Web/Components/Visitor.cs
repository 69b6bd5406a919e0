using System.Globalization;
using System.Security.Claims;
using Pamps.ApiService.Contracts;
using Pamps.Web.Auth;

namespace Pamps.Web.Components;

/// <summary>Who looks at the page, and how they like it: from the session and from preference cookies.</summary>
internal sealed class Visitor(IHttpContextAccessor accessor)
{
    /// <summary>Cookie with the colour scheme: <c>light</c> or <c>dark</c>; absent follows the system.</summary>
    public const string ThemeCookie = "theme";

    /// <summary>Cookie with the language.</summary>
    public const string LanguageCookie = "lang";

    /// <summary>Cookie with the time zone (IANA), set by script, which alone knows it.</summary>
    public const string ZoneCookie = "tz";

    /// <summary>Cookie that switches single-key shortcuts off.</summary>
    public const string KeysCookie = "keys";

    /// <summary>Cookie that lets new posts appear by themselves while one waits at the top.</summary>
    public const string LiveCookie = "live";

    private HttpContext? _context;
    private TimeZoneInfo? _zone;

    /// <summary>The request.</summary>
    public HttpContext Context => _context ??= accessor.HttpContext ?? throw new InvalidOperationException("There is no request to render for.");

    private ClaimsPrincipal User => Context.User;

    /// <summary>Whether somebody is signed in.</summary>
    public bool IsSignedIn => User.Identity?.IsAuthenticated == true;

    /// <summary>The account's id, or null for a stranger.</summary>
    public string? Id => User.FindFirstValue(SessionClaims.Subject);

    /// <summary>The account's unique name; empty for a stranger.</summary>
    public string Username => User.FindFirstValue(SessionClaims.Username) ?? "";

    /// <summary>The name to show; empty for a stranger.</summary>
    public string DisplayName => User.FindFirstValue(SessionClaims.DisplayName) ?? "";

    /// <summary>Works the queue of reports.</summary>
    public bool IsModerator => User.FindFirstValue(SessionClaims.Role) is nameof(AccountRole.Moderator) or nameof(AccountRole.Administrator);

    /// <summary>Works with debts.</summary>
    public bool IsBillingOperator => User.HasClaim(claim => claim.Type == SessionClaims.BillingOperator);

    /// <summary><c>light</c>, <c>dark</c>, or null for what the system says.</summary>
    public string? Theme => Context.Request.Cookies[ThemeCookie] is "light" or "dark" ? Context.Request.Cookies[ThemeCookie] : null;

    /// <summary>Whether single keys are shortcuts.</summary>
    public bool ShortcutsOn => Context.Request.Cookies[KeysCookie] != "off";

    /// <summary>Whether new posts may appear by themselves at the top of a feed.</summary>
    public bool LiveOn => Context.Request.Cookies[LiveCookie] == "on";

    /// <summary>The page's language.</summary>
    public static CultureInfo Culture => CultureInfo.CurrentUICulture;

    /// <summary>The address of this page within the site.</summary>
    public string Address => Context.Request.Path + Context.Request.QueryString;

    /// <summary>The time zone to show times in, and UTC until a script told another.</summary>
    public TimeZoneInfo Zone => _zone ??=
        Context.Request.Cookies[ZoneCookie] is { Length: > 0 and < 64 } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)
            ? zone
            : TimeZoneInfo.Utc;

    /// <summary>The site's own address as others see it.</summary>
    public string Origin => $"{Context.Request.Scheme}://{Context.Request.Host}";
}
