using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Comments;

internal static class CommentRss
{
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
                .Take(RssFeed.Size)
                .Select(CommentProjection.Row)
                .ToListAsync(cancellationToken);
        var name = thread?.ContentId ?? content.Value;
        var page = name.StartsWith("https://", StringComparison.Ordinal) ? name : null;
        return RssFeed.Answer(http, $"Comments on {name}", page, rows.ConvertAll(row =>
        {
            var comment = CommentProjection.ToResponse(row);
            return new RssItem(
                $"Comment by {comment.AuthorName}",
                comment.AuthorName,
                page ?? RssFeed.Address(http.Request, $"/api/v1/comments/{comment.Id}"),
                comment.Text,
                comment.CreatedAt,
                comment.EditedAt ?? comment.CreatedAt,
                $"{http.Request.Host}/api/v1/comments/{comment.Id}");
        }));
    }
}
