using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Outbox;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Follows;

/// <summary>Begins and ends follows. Each change raises the version of the follower's feed in the same transaction.</summary>
internal static class FollowChange
{
    /// <summary>Makes one follow the other; false when it does already, null when one of them does not exist for the other.</summary>
    public static Task<bool?> BeginAsync(PampsDbContext db, long followerId, long followeeId, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.Database.CreateExecutionStrategy().ExecuteAsync(
            async token =>
            {
                db.ChangeTracker.Clear();
                await using var transaction = await db.Database.BeginTransactionAsync(token);
                await db.LockPairAsync(followerId, followeeId, token);
                if (!await db.Accounts.VisibleTo(db, followerId).AnyAsync(account => account.Id == followeeId, token))
                {
                    return (bool?)null;
                }

                if (await db.Follows.AnyAsync(follow => follow.FollowerId == followerId && follow.FolloweeId == followeeId, token))
                {
                    return false;
                }

                var version = await db.RaiseFeedVersionAsync(followerId, token);
                db.Follows.Add(new Follow { FollowerId = followerId, FolloweeId = followeeId, CreatedAt = now });
                db.Publish(new AccountFollowed(followerId, followeeId, version));
                await db.SaveChangesAsync(token);
                await transaction.CommitAsync(token);
                return true;
            },
            cancellationToken);

    /// <summary>Ends a follow; false when there is none.</summary>
    public static Task<bool> EndAsync(PampsDbContext db, long followerId, long followeeId, CancellationToken cancellationToken) =>
        db.Database.CreateExecutionStrategy().ExecuteAsync(
            async token =>
            {
                db.ChangeTracker.Clear();
                await using var transaction = await db.Database.BeginTransactionAsync(token);
                await db.LockPairAsync(followerId, followeeId, token);
                var ended = await db.Follows.Where(follow => follow.FollowerId == followerId && follow.FolloweeId == followeeId).ExecuteDeleteAsync(token) > 0;
                if (ended)
                {
                    db.Publish(new AccountUnfollowed(followerId, followeeId, await db.RaiseFeedVersionAsync(followerId, token)));
                    await db.SaveChangesAsync(token);
                    await transaction.CommitAsync(token);
                }

                return ended;
            },
            cancellationToken);

    /// <summary>How the caller and an account stand now.</summary>
    public static async Task<RelationshipResponse> DescribeAsync(
        PampsDbContext db, long callerId, long accountId, bool changed, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var relationship = (await AccountProjection.RelationshipsAsync(db, callerId, [accountId], now, cancellationToken)).Single();
        var followers = await db.Accounts.Where(account => account.Id == accountId).Select(account => account.FollowerCount).SingleAsync(cancellationToken);
        return new RelationshipResponse(relationship, followers, changed);
    }
}
