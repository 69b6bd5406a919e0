using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Comments;

internal static class GetCommentHistory
{
    private const string List = "comment-history";

    /// <summary>Lists the former wordings of a comment that others could read, the newest first.</summary>
    /// <param name="commentId">The comment.</param>
    /// <param name="page">The page.</param>
    /// <param name="db">The database.</param>
    /// <param name="user">Who calls.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="http">The request.</param>
    /// <param name="cancellationToken">Ends the work when nobody waits for the answer.</param>
    public static async Task<Results<Ok<Page<CommentRevisionResponse>>, ProblemHttpResult>> HandleAsync(
        long commentId, [AsParameters] PageQuery page, PampsDbContext db, CurrentUser user, TimeProvider clock, HttpContext http, CancellationToken cancellationToken)
    {
        if (!page.TryResolve(List, out var window) || (page.Cursor is null && !page.IsFirstPage))
        {
            return Problems.InvalidCursor();
        }

        var moderator = user.MayReadAll();
        if (!await db.Comments.Where(comment => comment.Id == commentId && (moderator || comment.Thread.State != ContentThreadState.Hidden))
            .WhereReadable(db, user.ReaderId, moderator, clock.GetUtcNow())
            .AnyAsync(cancellationToken))
        {
            return Problems.NotFound();
        }

        var rows = await window.Apply(db.CommentRevisions.AsNoTracking().Where(revision => revision.CommentId == commentId), revision => revision.Id)
            .ToListAsync(cancellationToken);
        var answer = window.ToPage(rows, revision => revision.Id, revision =>
            new CommentRevisionResponse(revision.Version, revision.Text, revision.CreatedAt));
        PageLinks.Write(http, answer.NextCursor, answer.PrevCursor);
        return TypedResults.Ok(answer);
    }
}
