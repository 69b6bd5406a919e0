using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Data;

namespace Pamps.ApiService.Features.Tokens;

internal static class RevokeAllSessions
{
    /// <summary>Signs the caller out everywhere, here included.</summary>
    public static async Task<NoContent> HandleAsync(
        PampsDbContext db, CurrentUser user, CallerStates states, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await db.Sessions
            .Where(session => session.AccountId == user.RequiredId && session.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(session => session.RevokedAt, now), cancellationToken);
        states.Forget(user.RequiredId);
        return TypedResults.NoContent();
    }
}
