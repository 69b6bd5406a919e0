using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.ApiKeys;

internal static class RevokeApiKey
{
    /// <summary>Ends a key of the caller for good.</summary>
    /// <param name="keyId">The key.</param>
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        long keyId, PampsDbContext db, CurrentUser user, CallerStates states, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var revoked = await db.ApiKeys
            .Where(key => key.Id == keyId && key.AccountId == user.RequiredId && key.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(key => key.RevokedAt, now), cancellationToken);
        states.Forget(user.RequiredId);
        return revoked > 0 ? TypedResults.NoContent() : Problems.NotFound();
    }
}
