using Pamps.Web.Components;

namespace Pamps.Web.Http;

/// <summary>
/// The headers of every answer. Set when the answer starts, from the first middleware of the pipeline: callbacks run
/// last-in first-out, so this one has the last word over antiforgery, which would forbid caching of every page with a form.
/// </summary>
internal static class PageHeaders
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "manifest-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types fragments; ";

    /// <summary>Where an embedded thread of comments lives: the only pages another site may put into a frame.</summary>
    public const string EmbedPath = "/embed";

    /// <summary>The same thread as a page of the site.</summary>
    public const string ContentPath = "/content";

    /// <summary>Where guests send comments from within the frame; a form with mistakes is shown again at this address.</summary>
    public const string EmbedGuestPath = EmbedPath + "/guest";

    /// <summary>Where they send them from the page.</summary>
    public const string ContentGuestPath = ContentPath + "/guest";

    // Modules are fetched by the rules for sharing across origins, and this one is for pages of other sites.
    private const string EmbedScript = "/js/embed.js";

    /// <summary>Adds the headers.</summary>
    public static void UsePageHeaders(this WebApplication app)
    {
        string[] ancestors = ["'self'", .. app.Configuration.GetSection("Embed:Origins").Get<string[]>() ?? []];
        var embedders = string.Join(' ', ancestors);
        app.Use((context, next) =>
        {
            context.Response.OnStarting(() =>
            {
                Write(context, embedders);
                return Task.CompletedTask;
            });
            return next(context);
        });
    }

    /// <summary>Whether the answer may be shown within a page of another site.</summary>
    public static bool IsFramed(HttpRequest request) => request.Path == EmbedPath || request.Path == EmbedGuestPath;

    private static void Write(HttpContext context, string embedders)
    {
        var headers = context.Response.Headers;
        var framed = IsFramed(context.Request);
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.ContentSecurityPolicy = Policy + "frame-ancestors " + (framed ? embedders : "'none'");
        if (context.Request.Path == EmbedScript)
        {
            headers.AccessControlAllowOrigin = "*";
        }

        if (framed)
        {
            headers.Remove("X-Frame-Options");
        }
        else
        {
            headers.XFrameOptions = "DENY";
        }

        if (context.Response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) != true)
        {
            return;
        }

        headers.Vary = "Accept-Language, Cookie, " + Fragments.Header;
        headers.Remove("Pragma");
        headers.Remove("Expires");
        // A stranger's page is the same for all strangers of a language, as long as it sets no cookie; anybody else's is
        // kept by their own browser only, for Back, and asked for again each time. The browser of a stranger asks again too: whoever
        // wrote a comment in a window beside and reloads the page must see it in the frame, which is a stranger's page.
        headers.CacheControl =
            context.Response.StatusCode == StatusCodes.Status200OK && HttpMethods.IsGet(context.Request.Method)
            && context.User.Identity?.IsAuthenticated != true && headers.SetCookie.Count == 0 && context.Request.Cookies.Count == 0
                ? "public, max-age=0, s-maxage=5"
                : "private, no-cache";
    }
}
