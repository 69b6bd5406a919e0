using System.Text;
using System.Xml;
using Pamps.ApiService.Contracts;
using Pamps.Web.ApiClient;

namespace Pamps.Web.Syndication;

/// <summary>The addresses worth visiting (https://www.sitemaps.org/protocol.html): the fixed pages and what was written lately.</summary>
internal static class Sitemap
{
    private static readonly string[] Pages = ["/", "/public", "/about", "/privacy"];

    /// <summary>Writes the sitemap; without the API it holds the fixed pages.</summary>
    public static async Task<IResult> HandleAsync(HttpContext context, FeedsClient feeds, CancellationToken cancellationToken)
    {
        var latest = await feeds.PublicAsync(new(Limit: PageLimits.Max), cancellationToken);
        var posts = latest.Value?.Items.Where(post => post is { Deleted: false, Author: not null }).ToList() ?? [];
        var paths = Pages
            .Concat(posts.Select(post => "/@" + post.Author!.Username).Distinct())
            .Concat(posts.SelectMany(post => post.Tags).Distinct().Select(tag => "/tags/" + Uri.EscapeDataString(tag)))
            .Concat(posts.Select(post => "/posts/" + post.Id));
        context.Response.Headers.CacheControl = "public, max-age=600";
        return TypedResults.Bytes(Write(paths, $"{context.Request.Scheme}://{context.Request.Host}"), "application/xml; charset=utf-8");
    }

    private static byte[] Write(IEnumerable<string> paths, string origin)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, new() { Encoding = new UTF8Encoding(false) }))
        {
            xml.WriteStartElement("urlset", "http://www.sitemaps.org/schemas/sitemap/0.9");
            foreach (var path in paths)
            {
                xml.WriteStartElement("url");
                xml.WriteElementString("loc", origin + path);
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        return stream.ToArray();
    }
}
