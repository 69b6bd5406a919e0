using Microsoft.AspNetCore.Http.HttpResults;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Follows;

internal static class UnfollowAccount
{
    /// <summary>Ends a follow; without one nothing changes.</summary>
    public static async Task<Results<Ok<RelationshipResponse>, ProblemHttpResult>> HandleAsync(
        string username, PampsDbContext db, CurrentUser user, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await AccountProjection.FindIdAsync(db, username, user.RequiredId, cancellationToken) is not { } accountId)
        {
            return Problems.NotFound();
        }

        var changed = await FollowChange.EndAsync(db, user.RequiredId, accountId, cancellationToken);
        return TypedResults.Ok(await FollowChange.DescribeAsync(db, user.RequiredId, accountId, changed, clock.GetUtcNow(), cancellationToken));
    }
}
