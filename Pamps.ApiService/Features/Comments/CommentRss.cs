using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Comments;

internal static class CommentRss
{
    private const int Size = 20;

    /// <summary>The newest 20 comments of a thread as RSS 2.0. Readers that ask again with <c>If-None-Match</c> or <c>If-Modified-Since</c> get 304 while nothing changed.</summary>
    /// <param name="id">The content id, in any spelling.</param>
    /// <param name="db">The database.</param>
    /// <param name="http">The request.</param>
    /// <param name="cancellationToken">Ends the work when nobody waits for the answer.</param>
    public static async Task<Results<FileContentHttpResult, ProblemHttpResult>> HandleAsync(
        [FromQuery] string? id, PampsDbContext db, HttpContext http, CancellationToken cancellationToken)
    {
        if (!ContentId.TryParse(id, out var content))
        {
            return CommentProblems.InvalidContentId("id");
        }

        var thread = await ContentThreads.FindAsync(db, content, cancellationToken);
        if (thread is { State: ContentThreadState.Hidden })
        {
            return Problems.NotFound();
        }

        var rows = thread is null
            ? []
            : await db.Comments.AsNoTracking()
                .Where(comment => comment.ThreadId == thread.Id)
                .WhereStanding()
                .OrderByDescending(comment => comment.Id)
                .Take(Size)
                .Select(CommentProjection.Row)
                .ToListAsync(cancellationToken);
        var xml = Write(thread?.ContentId ?? content.Value, rows, http.Request);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(xml).AsSpan(0, 12))}\"", isWeak: true);
        // The result compares both conditions and answers 304 (RFC 9110 §13.2.2). A deletion changes the tag but no date:
        // without a date of change If-Modified-Since alone may miss it, so the tag is what careful readers use.
        var changed = rows.Count == 0 ? (DateTimeOffset?)null : rows.Max(row => row.EditedAt ?? row.CreatedAt);
        http.Response.Headers.CacheControl = "public, max-age=60";
        return TypedResults.File(xml, "application/rss+xml; charset=utf-8", lastModified: changed, entityTag: tag);
    }

    private static byte[] Write(string contentId, List<CommentRow> rows, HttpRequest request)
    {
        var self = $"{request.Scheme}://{request.Host}{request.PathBase}{request.Path}?id={Uri.EscapeDataString(contentId)}";
        var link = contentId.StartsWith("https://", StringComparison.Ordinal) ? contentId : self;
        // All texts were stored without characters that XML cannot hold.
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Indent = true }))
        {
            writer.WriteStartElement("rss");
            writer.WriteAttributeString("version", "2.0");
            writer.WriteAttributeString("xmlns", "atom", ns: null, "http://www.w3.org/2005/Atom");
            writer.WriteAttributeString("xmlns", "dc", ns: null, "http://purl.org/dc/elements/1.1/");
            writer.WriteStartElement("channel");
            writer.WriteElementString("title", $"Comments on {contentId}");
            writer.WriteElementString("link", link);
            writer.WriteElementString("description", $"The newest comments on {contentId}");
            writer.WriteStartElement("atom", "link", "http://www.w3.org/2005/Atom");
            writer.WriteAttributeString("href", self);
            writer.WriteAttributeString("rel", "self");
            writer.WriteAttributeString("type", "application/rss+xml");
            writer.WriteEndElement();
            foreach (var comment in rows.Select(CommentProjection.ToResponse))
            {
                writer.WriteStartElement("item");
                writer.WriteElementString("title", $"Comment by {comment.AuthorName}");
                writer.WriteElementString("dc", "creator", "http://purl.org/dc/elements/1.1/", comment.AuthorName);
                writer.WriteElementString("link", link);
                writer.WriteElementString("description", comment.Text);
                writer.WriteElementString("pubDate", comment.CreatedAt.ToString("R", CultureInfo.InvariantCulture));
                writer.WriteStartElement("guid");
                writer.WriteAttributeString("isPermaLink", "false");
                writer.WriteString($"{request.Host}/api/v1/comments/{comment.Id}");
                writer.WriteEndElement();
                writer.WriteEndElement();
            }

            writer.WriteEndElement();
            writer.WriteEndElement();
        }

        return stream.ToArray();
    }
}
