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

namespace Pamps.ApiService.Features.Bookmarks;

internal static class BookmarkPost
{
    /// <summary>Keeps a post for oneself; nobody else learns of it.</summary>
    public static async Task<Results<Ok<BookmarkResponse>, ProblemHttpResult>> HandleAsync(
        long postId, PampsDbContext db, CurrentUser user, TimeProvider clock, CancellationToken cancellationToken)
    {
        var accountId = user.RequiredId;
        if (!await db.Posts.VisibleTo(db, accountId).AnyAsync(post => post.Id == postId, cancellationToken))
        {
            return Problems.NotFound();
        }

        var changed = true;
        db.Bookmarks.Add(new Bookmark { AccountId = accountId, PostId = postId, CreatedAt = clock.GetUtcNow() });
        db.Publish(new BookmarkChanged(postId, accountId));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.InnerException is DbException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            changed = false;
        }

        return TypedResults.Ok(new BookmarkResponse(WireId.Format(postId), Bookmarked: true, changed));
    }
}
