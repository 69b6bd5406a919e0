using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Outbox;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Blocks;

internal static class MuteAccount
{
    /// <summary>Keeps an account out of the caller's feeds and, unless spared, notifications; silently, and for a while when asked. Replaces an earlier mute.</summary>
    public static async Task<Results<Ok<RelationshipResponse>, ProblemHttpResult>> HandleAsync(
        string username, MuteRequest? request, PampsDbContext db, CurrentUser user, TimeProvider clock, CancellationToken cancellationToken)
    {
        var muterId = user.RequiredId;
        if (await AccountProjection.FindIdAsync(db, username, muterId, cancellationToken) is not { } mutedId)
        {
            return Problems.NotFound();
        }

        if (mutedId == muterId)
        {
            return Problems.Invalid("username", "Must be another account.");
        }

        var now = clock.GetUtcNow();
        request ??= new MuteRequest();
        var expiresAt = request.ExpiresIn is { } seconds ? now.AddSeconds(seconds) : (DateTimeOffset?)null;
        var changed = await db.Database.CreateExecutionStrategy().ExecuteAsync(
            async token =>
            {
                db.ChangeTracker.Clear();
                await using var transaction = await db.Database.BeginTransactionAsync(token);
                await db.LockPairAsync(muterId, mutedId, token);
                var mute = await db.Mutes.SingleOrDefaultAsync(mute => mute.MuterId == muterId && mute.MutedId == mutedId, token);
                var wasMuted = mute is not null && (mute.ExpiresAt is null || mute.ExpiresAt > now);
                if (mute is null)
                {
                    mute = new Mute { MuterId = muterId, MutedId = mutedId, CreatedAt = now };
                    db.Mutes.Add(mute);
                }

                mute.ExpiresAt = expiresAt;
                mute.Notifications = request.Notifications;
                db.Publish(new MuteChanged(muterId, mutedId));
                await db.SaveChangesAsync(token);
                await transaction.CommitAsync(token);
                return !wasMuted;
            },
            cancellationToken);
        return TypedResults.Ok(await BlockAccount.DescribeAsync(db, muterId, mutedId, changed, now, cancellationToken));
    }
}
