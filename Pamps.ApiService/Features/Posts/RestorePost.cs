using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Outbox;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Posts;

internal static class RestorePost
{
    /// <summary>Brings one's deleted post back to its place, within ten minutes.</summary>
    public static async Task<Results<Ok<PostResponse>, ProblemHttpResult>> HandleAsync(
        long postId, PampsDbContext db, PostProjection posts, CurrentUser user, TimeProvider clock, CancellationToken cancellationToken)
    {
        var author = user.RequiredId;
        var post = await db.Posts.SingleOrDefaultAsync(post => post.Id == postId && post.AuthorId == author, cancellationToken);
        if (post is null)
        {
            return Problems.NotFound();
        }

        if (post.DeletedAt is { } deletedAt)
        {
            if (clock.GetUtcNow() - deletedAt > PurgeDeletedPosts.RestoreTime)
            {
                return Problems.Gone();
            }

            post.DeletedAt = null;
            if (post.Published)
            {
                db.Publish(new PostCreated(post.Id, author, post.ParentId));
            }

            await db.SaveChangesAsync(cancellationToken);
        }

        return TypedResults.Ok(await posts.ReadUncommittedAsync(post.Id, author, cancellationToken));
    }
}
