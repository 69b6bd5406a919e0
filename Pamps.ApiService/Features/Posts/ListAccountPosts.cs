using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Posts;

internal static class ListAccountPosts
{
    /// <summary>Lists the posts of an account, the newest first; with its replies when asked, with its drafts only for itself and when asked.</summary>
    /// <param name="username">The account.</param>
    /// <param name="page">The page.</param>
    /// <param name="includeReplies">Also list replies.</param>
    /// <param name="drafts">List one's own drafts instead.</param>
    /// <param name="db">The database.</param>
    /// <param name="lists">Makes the page.</param>
    /// <param name="user">The caller.</param>
    /// <param name="context">The request.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public static async Task<Results<PostPage, ProblemHttpResult>> HandleAsync(
        string username,
        [AsParameters] PageQuery page,
        [FromQuery] bool? includeReplies,
        [FromQuery] bool? drafts,
        PampsDbContext db,
        PostLists lists,
        CurrentUser user,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        if (!page.TryResolve(drafts is true ? "drafts" : "account-posts", out var window))
        {
            return Problems.InvalidCursor();
        }

        if (await AccountProjection.FindIdAsync(db, username, user.ReaderId, cancellationToken) is not { } accountId ||
            (drafts is true && accountId != user.ReaderId))
        {
            return Problems.NotFound();
        }

        // Somebody who looks at an account wants to see it, muted or not.
        var posts = db.Posts.VisibleTo(db, user.ReaderId).Where(post => post.AuthorId == accountId && post.Published == (drafts != true));
        if (includeReplies != true)
        {
            posts = posts.Where(post => post.ParentId == null);
        }

        return await lists.ReadAsync(posts, window, user.ReaderId, context, cancellationToken);
    }
}
