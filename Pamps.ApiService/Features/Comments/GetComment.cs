using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Comments;

internal static class GetComment
{
    /// <summary>Reads one comment; its <c>ETag</c> is the value for <c>If-Match</c> of an edit.</summary>
    /// <param name="commentId">The comment.</param>
    /// <param name="db">The database.</param>
    /// <param name="user">Who calls.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="http">The request.</param>
    /// <param name="cancellationToken">Ends the work when nobody waits for the answer.</param>
    public static async Task<Results<Ok<CommentResponse>, ProblemHttpResult>> HandleAsync(
        long commentId, PampsDbContext db, CurrentUser user, TimeProvider clock, HttpContext http, CancellationToken cancellationToken)
    {
        var moderator = user.MayReadAll();
        var row = await db.Comments.AsNoTracking()
            .Where(comment => comment.Id == commentId && (moderator || comment.Thread.State != ContentThreadState.Hidden))
            .WhereListed(db, user.ReaderId, moderator, clock.GetUtcNow())
            .Select(CommentProjection.Row)
            .SingleOrDefaultAsync(cancellationToken);
        if (row is null)
        {
            return Problems.NotFound();
        }

        if (row.Gone)
        {
            return Problems.Gone();
        }

        http.Response.Headers.ETag = CommentVersion.Tag(row.Version);
        return TypedResults.Ok(CommentProjection.ToResponse(row));
    }
}
