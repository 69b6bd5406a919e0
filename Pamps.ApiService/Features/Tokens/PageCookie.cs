namespace Pamps.ApiService.Features.Tokens;

/// <summary>
/// The cookie of the API page. It holds the refresh token of a session, which is random, of which only the hash is stored,
/// and which every use replaces: there is no key to share between replicas, and sign-out ends it on the server. Scripts
/// cannot read it, and no request leaves for other paths with it, so <c>/api/v1</c> is never called by cookie.
/// </summary>
internal static class PageCookie
{
    private const string Name = "docs-session";

    // Browsers take a cookie of this name over https only.
    private const string SecureName = "__Secure-" + Name;

    private const string Path = "/docs";

    /// <summary>The refresh token, or null.</summary>
    /// <param name="http">The request.</param>
    public static string? Read(HttpContext http) => http.Request.Cookies.TryGetValue(NameFor(http), out var token) && token.Length > 0 ? token : null;

    /// <summary>Keeps a refresh token until the browser is closed.</summary>
    /// <param name="http">The request.</param>
    /// <param name="refreshToken">The token.</param>
    public static void Write(HttpContext http, string refreshToken) => http.Response.Cookies.Append(NameFor(http), refreshToken, OptionsFor(http));

    /// <summary>Removes it.</summary>
    /// <param name="http">The request.</param>
    public static void Delete(HttpContext http) => http.Response.Cookies.Delete(NameFor(http), OptionsFor(http));

    private static string NameFor(HttpContext http) => http.Request.IsHttps ? SecureName : Name;

    private static CookieOptions OptionsFor(HttpContext http) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        Path = Path,
        SameSite = SameSiteMode.Strict,
        Secure = http.Request.IsHttps,
    };
}
