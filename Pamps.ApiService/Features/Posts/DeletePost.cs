using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Outbox;

namespace Pamps.ApiService.Features.Posts;

internal static class DeletePost
{
    /// <summary>Deletes one's post. It is out of sight at once and can be restored for ten minutes; then its text is gone for good.</summary>
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        long postId, PampsDbContext db, CurrentUser user, TimeProvider clock, CancellationToken cancellationToken)
    {
        var author = user.RequiredId;
        var post = await db.Posts.SingleOrDefaultAsync(post => post.Id == postId && post.AuthorId == author, cancellationToken);
        if (post is null)
        {
            return Problems.NotFound();
        }

        if (post.DeletedAt is not null)
        {
            return Problems.Gone();
        }

        post.DeletedAt = clock.GetUtcNow();
        db.Publish(new PostRemoved(post.Id, author, post.ParentId));
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}
