using Microsoft.AspNetCore.Http.HttpResults;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Follows;

internal static class FollowAccount
{
    /// <summary>Follows an account: its posts appear in the caller's home feed from the next read on, earlier ones included.</summary>
    public static async Task<Results<Ok<RelationshipResponse>, ProblemHttpResult>> HandleAsync(
        string username, PampsDbContext db, CurrentUser user, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await AccountProjection.FindIdAsync(db, username, user.RequiredId, cancellationToken) is not { } accountId)
        {
            return Problems.NotFound();
        }

        if (accountId == user.RequiredId)
        {
            return Problems.Invalid("username", "Must be another account: one's own posts are in one's home feed anyway.");
        }

        return await FollowChange.BeginAsync(db, user.RequiredId, accountId, clock.GetUtcNow(), cancellationToken) is { } changed
            ? TypedResults.Ok(await FollowChange.DescribeAsync(db, user.RequiredId, accountId, changed, clock.GetUtcNow(), cancellationToken))
            : Problems.NotFound();
    }
}
