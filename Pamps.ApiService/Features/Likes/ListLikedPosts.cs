using Microsoft.AspNetCore.Http.HttpResults;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Likes;

internal static class ListLikedPosts
{
    /// <summary>Lists the posts an account likes, the latest like first.</summary>
    public static async Task<Results<PostPage, ProblemHttpResult>> HandleAsync(
        string username,
        [AsParameters] PageQuery page,
        PampsDbContext db,
        PostLists lists,
        CurrentUser user,
        TimeProvider clock,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        // Ordered by the like, so the ids of posts are no places in this list.
        if (!page.TryResolve("liked-posts", out var window) || (page.Cursor is null && !page.IsFirstPage))
        {
            return Problems.InvalidCursor();
        }

        if (await AccountProjection.FindIdAsync(db, username, user.ReaderId, cancellationToken) is not { } accountId)
        {
            return Problems.NotFound();
        }

        var listed = db.Posts.ListedFor(db, user.ReaderId, clock.GetUtcNow());
        var likes = db.Likes.Where(like => like.AccountId == accountId && listed.Any(post => post.Id == like.PostId));
        return await lists.ReadAsync(
            window.Apply(likes, like => like.Id).Select(like => new PostPlace(like.Id, like.PostId)), window, user.ReaderId, context, cancellationToken);
    }
}
