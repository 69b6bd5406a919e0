using Microsoft.AspNetCore.Http.HttpResults;

namespace Pamps.Web.Syndication;

/// <summary>What robots may visit (RFC 9309).</summary>
internal static class Robots
{
    /// <summary>Everything public; not what only forms and scripts use.</summary>
    public static ContentHttpResult Handle(HttpContext context) => TypedResults.Text(
        $"""
        User-agent: *
        Disallow: /compose
        Disallow: /settings/
        Disallow: /search
        Disallow: /events
        Disallow: /suggest
        Disallow: /report
        Disallow: /moderation/
        Disallow: /billing
        Sitemap: {context.Request.Scheme}://{context.Request.Host}/sitemap.xml

        """);
}
