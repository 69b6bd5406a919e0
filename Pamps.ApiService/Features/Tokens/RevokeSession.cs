using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Tokens;

internal static class RevokeSession
{
    /// <summary>Signs out one session of the caller, the present one included.</summary>
    /// <param name="sessionId">The session.</param>
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        long sessionId, PampsDbContext db, CurrentUser user, CallerStates states, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var revoked = await db.Sessions
            .Where(session => session.Id == sessionId && session.AccountId == user.RequiredId && session.RevokedAt == null && session.ExpiresAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(session => session.RevokedAt, now), cancellationToken);
        states.Forget(user.RequiredId);
        return revoked > 0 ? TypedResults.NoContent() : Problems.NotFound();
    }
}
