using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Comments;

internal static class ListComments
{
    private const string Oldest = "oldest";

    private const string Newest = "newest";

    /// <summary>Lists the comments on a piece of outside content, oldest first unless <c>sort=newest</c>. A thread nobody commented in is empty.</summary>
    /// <param name="id">The content id, in any spelling.</param>
    /// <param name="sort"><c>oldest</c> (default) or <c>newest</c>.</param>
    /// <param name="page">The page.</param>
    /// <param name="db">The database.</param>
    /// <param name="user">Who calls.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="http">The request.</param>
    /// <param name="cancellationToken">Ends the work when nobody waits for the answer.</param>
    public static async Task<Results<Ok<Page<CommentResponse>>, ProblemHttpResult>> HandleAsync(
        [FromQuery] string? id,
        [FromQuery] string? sort,
        [AsParameters] PageQuery page,
        PampsDbContext db,
        CurrentUser user,
        TimeProvider clock,
        HttpContext http,
        CancellationToken cancellationToken)
    {
        if (!ContentId.TryParse(id, out var content))
        {
            return CommentProblems.InvalidContentId("id");
        }

        if (sort is not (null or Oldest or Newest))
        {
            return Problems.Invalid("sort", "The order is oldest or newest.");
        }

        if (!CommentWindow.TryResolve(page, oldestFirst: sort != Newest, out var window))
        {
            return Problems.InvalidCursor();
        }

        var thread = await ContentThreads.FindAsync(db, content, cancellationToken);
        if (thread is { State: ContentThreadState.Hidden } && !user.MayReadAll())
        {
            return Problems.NotFound();
        }

        if (thread is null)
        {
            return TypedResults.Ok(new Page<CommentResponse>([], NextCursor: null, PrevCursor: null));
        }

        var comments = db.Comments.AsNoTracking()
            .Where(comment => comment.ThreadId == thread.Id)
            .WhereListed(db, user.ReaderId, user.MayReadAll(), clock.GetUtcNow());
        var rows = await window.Apply(comments).Select(CommentProjection.Row).ToListAsync(cancellationToken);
        var answer = window.ToPage(rows);
        PageLinks.Write(http, answer.NextCursor, answer.PrevCursor);
        return TypedResults.Ok(answer);
    }
}
