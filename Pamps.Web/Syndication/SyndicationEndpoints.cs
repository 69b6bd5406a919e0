namespace Pamps.Web.Syndication;

/// <summary>What readers of feeds and search engines ask for.</summary>
internal static class SyndicationEndpoints
{
    /// <summary>Maps RSS, the sitemap and the rules for robots.</summary>
    public static void MapSyndication(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/@{username}/rss", RssFeed.OfAccountAsync);
        routes.MapGet("/tags/{tag}/rss", RssFeed.OfTagAsync);
        routes.MapGet("/sitemap.xml", Sitemap.HandleAsync);
        routes.MapGet("/robots.txt", Robots.Handle);
    }
}
