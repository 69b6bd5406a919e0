using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Follows;

internal static class ListFollowers
{
    /// <summary>Lists who follows an account, the latest first.</summary>
    public static async Task<Results<Ok<Page<AccountSummary>>, ProblemHttpResult>> HandleAsync(
        string username, [AsParameters] PageQuery page, PampsDbContext db, CurrentUser user, HttpContext context, CancellationToken cancellationToken)
    {
        // Ordered by the follow, so the ids of accounts are no places in this list.
        if (!page.TryResolve("followers", out var window) || (page.Cursor is null && !page.IsFirstPage))
        {
            return Problems.InvalidCursor();
        }

        if (await AccountProjection.FindIdAsync(db, username, user.ReaderId, cancellationToken) is not { } accountId)
        {
            return Problems.NotFound();
        }

        var accounts = db.Accounts.VisibleTo(db, user.ReaderId);
        var follows = db.Follows.Where(follow => follow.FolloweeId == accountId && accounts.Any(account => account.Id == follow.FollowerId));
        var rows = await window.Apply(follows, follow => follow.Id)
            .Select(follow => new { follow.Id, AccountId = follow.FollowerId, follow.Follower.Username, follow.Follower.DisplayName, follow.Follower.AvatarUrl })
            .ToListAsync(cancellationToken);
        var answer = window.ToPage(rows, row => row.Id, row => new AccountSummary(WireId.Format(row.AccountId), row.Username, row.DisplayName, row.AvatarUrl));
        PageLinks.Write(context, answer.NextCursor, answer.PrevCursor);
        return TypedResults.Ok(answer);
    }
}
