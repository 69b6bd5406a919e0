using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Comments;

internal static class RestoreComment
{
    /// <summary>Brings one's deleted comment back to its place, within ten minutes. Restoring one that stands changes nothing.</summary>
    /// <param name="commentId">The comment.</param>
    /// <param name="db">The database.</param>
    /// <param name="user">Who calls.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancellationToken">Ends the work when nobody waits for the answer.</param>
    public static async Task<Results<Ok<CommentResponse>, ProblemHttpResult>> HandleAsync(
        long commentId, PampsDbContext db, CurrentUser user, TimeProvider clock, CancellationToken cancellationToken)
    {
        var authorId = user.RequiredId;
        var refusal = await db.InTransactionAsync(
            async () =>
            {
                // The thread is held still: a comment does not come back into one that is just being locked.
                var comment = await db.Comments
                    .FromSql($"""
                        select c.* from comments c join content_threads t on t.id = c.thread_id
                        where c.id = {commentId} and c.author_id = {authorId} and c.hidden_at is null for update of c for share of t
                        """)
                    .Include(found => found.Thread)
                    .SingleOrDefaultAsync(cancellationToken);
                if (comment is null || (comment.Thread.State is ContentThreadState.Hidden && !user.MayModerate()))
                {
                    return Problems.NotFound();
                }

                if (comment.DeletedAt is not { } deletedAt)
                {
                    return null;
                }

                if (clock.GetUtcNow() - deletedAt > PurgeDeletedComments.RestoreTime)
                {
                    return Problems.Gone();
                }

                if (comment.Thread.State is ContentThreadState.Locked && !user.MayModerate())
                {
                    return CommentProblems.Locked();
                }

                comment.DeletedAt = null;
                await db.SaveChangesAsync(cancellationToken);
                return null;
            },
            cancellationToken);
        if (refusal is not null)
        {
            return refusal;
        }

        var row = await db.Comments.AsNoTracking().Where(comment => comment.Id == commentId).Select(CommentProjection.Row).SingleAsync(cancellationToken);
        return TypedResults.Ok(CommentProjection.ToResponse(row));
    }
}
