using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Comments;

internal static class ApproveComment
{
    /// <summary>Publishes a comment that waits for approval. Approving twice changes nothing.</summary>
    /// <param name="commentId">The comment.</param>
    /// <param name="db">The database.</param>
    /// <param name="user">Who calls.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancellationToken">Ends the work when nobody waits for the answer.</param>
    public static async Task<Results<Ok<CommentResponse>, ProblemHttpResult>> HandleAsync(
        long commentId, PampsDbContext db, CurrentUser user, TimeProvider clock, CancellationToken cancellationToken)
    {
        var comment = await db.Comments.SingleOrDefaultAsync(found => found.Id == commentId && found.DeletedAt == null && found.HiddenAt == null, cancellationToken);
        if (comment is null)
        {
            return Problems.NotFound();
        }

        if (comment.ApprovedAt is null)
        {
            var now = clock.GetUtcNow();
            comment.ApprovedAt = now;
            db.AuditEntries.Add(new AuditEntry { ActorId = user.RequiredId, Action = "comment.approve", Target = $"comment:{WireId.Format(commentId)}", CreatedAt = now });
            await db.SaveChangesAsync(cancellationToken);
        }

        var row = await db.Comments.AsNoTracking().Where(found => found.Id == commentId).Select(CommentProjection.Row).SingleAsync(cancellationToken);
        return TypedResults.Ok(CommentProjection.ToResponse(row));
    }
}
