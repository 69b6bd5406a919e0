using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Posts;

internal static class ListReplies
{
    /// <summary>Lists the direct replies of a post, the newest first.</summary>
    public static async Task<Results<PostPage, ProblemHttpResult>> HandleAsync(
        long postId, [AsParameters] PageQuery page, PampsDbContext db, PostLists lists, CurrentUser user, HttpContext context, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!page.TryResolve("replies", out var window))
        {
            return Problems.InvalidCursor();
        }

        if (!await db.Posts.VisibleTo(db, user.ReaderId).AnyAsync(post => post.Id == postId, cancellationToken))
        {
            return Problems.NotFound();
        }

        var posts = db.Posts.Where(post => post.ParentId == postId).ListedFor(db, user.ReaderId, clock.GetUtcNow());
        return await lists.ReadAsync(posts, window, user.ReaderId, context, cancellationToken);
    }
}
