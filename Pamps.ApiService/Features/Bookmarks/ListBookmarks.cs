using Microsoft.AspNetCore.Http.HttpResults;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Bookmarks;

internal static class ListBookmarks
{
    /// <summary>Lists one's bookmarked posts, the latest bookmark first.</summary>
    public static async Task<Results<PostPage, ProblemHttpResult>> HandleAsync(
        [AsParameters] PageQuery page, PampsDbContext db, PostLists lists, CurrentUser user, HttpContext context, CancellationToken cancellationToken)
    {
        // Ordered by the bookmark, so the ids of posts are no places in this list.
        if (!page.TryResolve("bookmarks", out var window) || (page.Cursor is null && !page.IsFirstPage))
        {
            return Problems.InvalidCursor();
        }

        var accountId = user.RequiredId;

        // What one kept oneself is shown even while its author is muted.
        var visible = db.Posts.VisibleTo(db, accountId);
        var bookmarks = db.Bookmarks.Where(bookmark => bookmark.AccountId == accountId && visible.Any(post => post.Id == bookmark.PostId));
        return await lists.ReadAsync(
            window.Apply(bookmarks, bookmark => bookmark.Id).Select(bookmark => new PostPlace(bookmark.Id, bookmark.PostId)),
            window, accountId, context, cancellationToken);
    }
}
