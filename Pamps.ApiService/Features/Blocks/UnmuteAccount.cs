using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Outbox;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Blocks;

internal static class UnmuteAccount
{
    /// <summary>Ends a mute; without one nothing changes. Posts written meanwhile appear in their places.</summary>
    public static async Task<Results<Ok<RelationshipResponse>, ProblemHttpResult>> HandleAsync(
        string username, PampsDbContext db, CurrentUser user, TimeProvider clock, CancellationToken cancellationToken)
    {
        var muterId = user.RequiredId;
        if (await AccountProjection.FindIdAsync(db, username, muterId, cancellationToken) is not { } mutedId)
        {
            return Problems.NotFound();
        }

        var changed = false;
        if (await db.Mutes.SingleOrDefaultAsync(mute => mute.MuterId == muterId && mute.MutedId == mutedId, cancellationToken) is { } mute)
        {
            db.Mutes.Remove(mute);
            db.Publish(new MuteChanged(muterId, mutedId));
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                changed = mute.ExpiresAt is null || mute.ExpiresAt > clock.GetUtcNow();
            }
            catch (DbUpdateConcurrencyException)
            {
                // Somebody else with the same account was faster.
                db.ChangeTracker.Clear();
            }
        }

        return TypedResults.Ok(await BlockAccount.DescribeAsync(db, muterId, mutedId, changed, clock.GetUtcNow(), cancellationToken));
    }
}
