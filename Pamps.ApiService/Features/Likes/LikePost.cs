using System.Data.Common;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Outbox;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Likes;

internal static class LikePost
{
    /// <summary>Likes a post; to like it again changes nothing and says so.</summary>
    public static async Task<Results<Ok<LikeResponse>, ProblemHttpResult>> HandleAsync(
        long postId, PampsDbContext db, CurrentUser user, TimeProvider clock, CancellationToken cancellationToken)
    {
        var accountId = user.RequiredId;
        if (!await db.Posts.VisibleTo(db, accountId).AnyAsync(post => post.Id == postId && post.Published, cancellationToken))
        {
            return Problems.NotFound();
        }

        var changed = true;
        db.Likes.Add(new Like { AccountId = accountId, PostId = postId, CreatedAt = clock.GetUtcNow() });
        db.Publish(new PostLiked(postId, accountId));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.InnerException is DbException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            changed = false;
        }

        return TypedResults.Ok(new LikeResponse(
            WireId.Format(postId), Liked: true, await CountAsync(db, postId, cancellationToken), changed));
    }

    /// <summary>How many like a post.</summary>
    public static Task<int> CountAsync(PampsDbContext db, long postId, CancellationToken cancellationToken) =>
        db.Posts.Where(post => post.Id == postId).Select(post => post.LikeCount).SingleAsync(cancellationToken);
}
