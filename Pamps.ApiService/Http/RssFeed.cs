using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Pamps.ApiService.Http;

/// <summary>An entry of a feed.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="Link">Where to read it.</param>
/// <param name="Text">The text.</param>
/// <param name="CreatedAt">When it was published.</param>
/// <param name="ChangedAt">When it last changed.</param>
/// <param name="Identity">What makes it this entry and no other.</param>
internal sealed record RssItem(string Title, string Author, string Link, string Text, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt, string Identity);

/// <summary>
/// Answers with RSS 2.0, the newest first. Readers that ask again with <c>If-None-Match</c> or <c>If-Modified-Since</c> get
/// 304 while nothing changed (RFC 9110 §13.2.2). Texts must have been stored without characters that XML cannot hold.
/// </summary>
internal static class RssFeed
{
    /// <summary>Entries of a feed.</summary>
    public const int Size = 20;

    /// <summary>The media type of RSS.</summary>
    public const string ContentType = "application/rss+xml";

    private const string Atom = "http://www.w3.org/2005/Atom";

    private const string DublinCore = "http://purl.org/dc/elements/1.1/";

    /// <summary>The absolute address of something on this server.</summary>
    /// <param name="request">The request.</param>
    /// <param name="path">Path and query.</param>
    public static string Address(HttpRequest request, string path) => $"{request.Scheme}://{request.Host}{request.PathBase}{path}";

    /// <summary>The answer.</summary>
    /// <param name="http">The request.</param>
    /// <param name="title">What the feed is about.</param>
    /// <param name="link">The page it belongs to; the feed itself when there is none.</param>
    /// <param name="items">The entries.</param>
    public static FileContentHttpResult Answer(HttpContext http, string title, string? link, IReadOnlyList<RssItem> items)
    {
        var self = Address(http.Request, http.Request.Path + http.Request.QueryString.ToUriComponent());
        var xml = Write(title, link ?? self, self, items);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(xml).AsSpan(0, 12))}\"", isWeak: true);
        // A deletion changes the tag but no date: careful readers use the tag.
        var changed = items.Count == 0 ? (DateTimeOffset?)null : items.Max(item => item.ChangedAt);
        http.Response.Headers.CacheControl = "public, max-age=60";
        return TypedResults.File(xml, "application/rss+xml; charset=utf-8", lastModified: changed, entityTag: tag);
    }

    private static byte[] Write(string title, string link, string self, IReadOnlyList<RssItem> items)
    {
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Indent = true }))
        {
            writer.WriteStartElement("rss");
            writer.WriteAttributeString("version", "2.0");
            writer.WriteAttributeString("xmlns", "atom", ns: null, Atom);
            writer.WriteAttributeString("xmlns", "dc", ns: null, DublinCore);
            writer.WriteStartElement("channel");
            writer.WriteElementString("title", title);
            writer.WriteElementString("link", link);
            writer.WriteElementString("description", title);
            writer.WriteStartElement("atom", "link", Atom);
            writer.WriteAttributeString("href", self);
            writer.WriteAttributeString("rel", "self");
            writer.WriteAttributeString("type", "application/rss+xml");
            writer.WriteEndElement();
            foreach (var item in items)
            {
                Write(writer, item);
            }

            writer.WriteEndElement();
            writer.WriteEndElement();
        }

        return stream.ToArray();
    }

    private static void Write(XmlWriter writer, RssItem item)
    {
        writer.WriteStartElement("item");
        writer.WriteElementString("title", item.Title);
        writer.WriteElementString("dc", "creator", DublinCore, item.Author);
        writer.WriteElementString("link", item.Link);
        writer.WriteElementString("description", item.Text);
        writer.WriteElementString("pubDate", item.CreatedAt.ToString("R", CultureInfo.InvariantCulture));
        writer.WriteStartElement("guid");
        writer.WriteAttributeString("isPermaLink", "false");
        writer.WriteString(item.Identity);
        writer.WriteEndElement();
        writer.WriteEndElement();
    }
}
