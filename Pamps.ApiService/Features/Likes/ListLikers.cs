using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Likes;

internal static class ListLikers
{
    /// <summary>Lists who likes a post, the latest first.</summary>
    public static async Task<Results<Ok<Page<AccountSummary>>, ProblemHttpResult>> HandleAsync(
        long postId, [AsParameters] PageQuery page, PampsDbContext db, CurrentUser user, HttpContext context, CancellationToken cancellationToken)
    {
        // Ordered by the like, so the ids of posts are no places in this list.
        if (!page.TryResolve("likers", out var window) || (page.Cursor is null && !page.IsFirstPage))
        {
            return Problems.InvalidCursor();
        }

        if (!await db.Posts.VisibleTo(db, user.ReaderId).AnyAsync(post => post.Id == postId, cancellationToken))
        {
            return Problems.NotFound();
        }

        var accounts = db.Accounts.VisibleTo(db, user.ReaderId);
        var likes = db.Likes.Where(like => like.PostId == postId && accounts.Any(account => account.Id == like.AccountId));
        var rows = await window.Apply(likes, like => like.Id)
            .Select(like => new { like.Id, like.Account.Username, like.Account.DisplayName, like.Account.AvatarUrl, like.AccountId })
            .ToListAsync(cancellationToken);
        var answer = window.ToPage(rows, row => row.Id, row => new AccountSummary(WireId.Format(row.AccountId), row.Username, row.DisplayName, row.AvatarUrl));
        PageLinks.Write(context, answer.NextCursor, answer.PrevCursor);
        return TypedResults.Ok(answer);
    }
}
