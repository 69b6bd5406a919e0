using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Outbox;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Bookmarks;

internal static class RemoveBookmark
{
    /// <summary>Forgets a bookmark; without one nothing changes.</summary>
    public static async Task<Results<Ok<BookmarkResponse>, ProblemHttpResult>> HandleAsync(
        long postId, PampsDbContext db, CurrentUser user, CancellationToken cancellationToken)
    {
        var accountId = user.RequiredId;
        if (!await db.Posts.VisibleTo(db, accountId).AnyAsync(post => post.Id == postId, cancellationToken))
        {
            return Problems.NotFound();
        }

        var changed = false;
        if (await db.Bookmarks.SingleOrDefaultAsync(mark => mark.AccountId == accountId && mark.PostId == postId, cancellationToken) is { } bookmark)
        {
            db.Bookmarks.Remove(bookmark);
            db.Publish(new BookmarkChanged(postId, accountId));
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

        return TypedResults.Ok(new BookmarkResponse(WireId.Format(postId), Bookmarked: false, changed));
    }
}
