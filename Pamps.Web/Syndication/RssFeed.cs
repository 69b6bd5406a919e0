using System.Globalization;
using System.Net;
using System.Text;
using System.Xml;
using Pamps.ApiService.Contracts;
using Pamps.Web.ApiClient;

namespace Pamps.Web.Syndication;

/// <summary>The newest posts of an account or a tag as RSS 2.0 (https://www.rssboard.org/rss-specification).</summary>
internal static class RssFeed
{
    private const int TitleLength = 80;

    /// <summary>The feed of an account.</summary>
    public static async Task<IResult> OfAccountAsync(string username, HttpContext context, AccountsClient accounts, CancellationToken cancellationToken)
    {
        var posts = await accounts.PostsAsync(username, replies: false, PageRequest.First, cancellationToken);
        return Answer(context, posts, $"@{username}", $"/@{username}");
    }

    /// <summary>The feed of a tag.</summary>
    public static async Task<IResult> OfTagAsync(string tag, HttpContext context, FeedsClient feeds, CancellationToken cancellationToken)
    {
        var posts = await feeds.TagAsync(tag, PageRequest.First, cancellationToken);
        return Answer(context, posts, $"#{tag}", $"/tags/{Uri.EscapeDataString(tag)}");
    }

    private static IResult Answer(HttpContext context, ApiResult<Page<PostResponse>> posts, string name, string path)
    {
        if (!posts.Succeeded)
        {
            return TypedResults.StatusCode(posts.Problem.Status);
        }

        var written = posts.Value.Items.Where(post => post is { Deleted: false, Author: not null }).ToList();
        context.Response.Headers.CacheControl = "public, max-age=60";
        if (written.Count > 0)
        {
            context.Response.Headers.LastModified = written[0].CreatedAt.ToString("R", CultureInfo.InvariantCulture);
        }

        return TypedResults.Bytes(Write(written, name, $"{context.Request.Scheme}://{context.Request.Host}", path), "application/rss+xml; charset=utf-8");
    }

    private static byte[] Write(IReadOnlyList<PostResponse> posts, string name, string origin, string path)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, new() { Encoding = new UTF8Encoding(false), CheckCharacters = false }))
        {
            xml.WriteStartElement("rss");
            xml.WriteAttributeString("version", "2.0");
            xml.WriteAttributeString("xmlns", "atom", null, "http://www.w3.org/2005/Atom");
            xml.WriteStartElement("channel");
            xml.WriteElementString("title", $"{name} · Pamps");
            xml.WriteElementString("link", origin + path);
            xml.WriteElementString("description", $"{name} · Pamps");
            xml.WriteStartElement("atom", "link", "http://www.w3.org/2005/Atom");
            xml.WriteAttributeString("href", $"{origin}{path}/rss");
            xml.WriteAttributeString("rel", "self");
            xml.WriteAttributeString("type", "application/rss+xml");
            xml.WriteEndElement();
            foreach (var post in posts)
            {
                WriteItem(xml, post, origin);
            }

            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return stream.ToArray();
    }

    private static void WriteItem(XmlWriter xml, PostResponse post, string origin)
    {
        var text = Printable(post.Text);
        xml.WriteStartElement("item");
        xml.WriteElementString("title", Printable(post.Title) is { Length: > 0 } title ? title : Excerpt(text));
        xml.WriteElementString("link", $"{origin}/posts/{post.Id}");
        xml.WriteStartElement("guid");
        xml.WriteAttributeString("isPermaLink", "true");
        xml.WriteString($"{origin}/posts/{post.Id}");
        xml.WriteEndElement();
        xml.WriteElementString("pubDate", post.CreatedAt.ToString("R", CultureInfo.InvariantCulture));
        // Readers render this as HTML: what a user wrote is encoded once for HTML, and once more for XML by the writer.
        xml.WriteElementString("description", WebUtility.HtmlEncode(text).ReplaceLineEndings("<br>"));
        foreach (var tag in post.Tags)
        {
            xml.WriteElementString("category", Printable(tag));
        }

        xml.WriteEndElement();
    }

    private static string Excerpt(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var letters = new StringInfo(line);
        return letters.LengthInTextElements <= TitleLength ? line : letters.SubstringByTextElements(0, TitleLength) + "…";
    }

    /// <summary>XML 1.0 cannot hold most control characters, not even escaped.</summary>
    private static string Printable(string? text) => text is null ? "" : string.Concat(text.Where(letter => letter >= ' ' || letter is '\n' or '\t'));
}
