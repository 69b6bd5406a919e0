using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Outbox;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Likes;

internal static class UnlikePost
{
    /// <summary>Takes one's like back; without one nothing changes.</summary>
    public static async Task<Results<Ok<LikeResponse>, ProblemHttpResult>> HandleAsync(
        long postId, PampsDbContext db, CurrentUser user, CancellationToken cancellationToken)
    {
        var accountId = user.RequiredId;
        if (!await db.Posts.VisibleTo(db, accountId).AnyAsync(post => post.Id == postId && post.Published, cancellationToken))
        {
            return Problems.NotFound();
        }

        var changed = false;
        if (await db.Likes.SingleOrDefaultAsync(like => like.AccountId == accountId && like.PostId == postId, cancellationToken) is { } like)
        {
            db.Likes.Remove(like);
            db.Publish(new PostUnliked(postId, accountId));
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                changed = true;
            }
            catch (DbUpdateConcurrencyException)
            {
                // Somebody else with the same account was faster.
                db.ChangeTracker.Clear();
            }
        }

        return TypedResults.Ok(new LikeResponse(
            WireId.Format(postId), Liked: false, await LikePost.CountAsync(db, postId, cancellationToken), changed));
    }
}
