using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Outbox;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Blocks;

internal static class BlockAccount
{
    /// <summary>Blocks an account: from the next read on neither exists for the other, and follows between them end.</summary>
    public static async Task<Results<Ok<RelationshipResponse>, ProblemHttpResult>> HandleAsync(
        string username, PampsDbContext db, CurrentUser user, TimeProvider clock, CancellationToken cancellationToken)
    {
        var blockerId = user.RequiredId;
        if (await FindAsync(db, username, blockerId, cancellationToken) is not { } blockedId)
        {
            return Problems.NotFound();
        }

        if (blockedId == blockerId)
        {
            return Problems.Invalid("username", "Must be another account.");
        }

        var changed = await db.Database.CreateExecutionStrategy().ExecuteAsync(
            token => ApplyAsync(db, blockerId, blockedId, clock.GetUtcNow(), token), cancellationToken);
        return TypedResults.Ok(await DescribeAsync(db, blockerId, blockedId, changed, clock.GetUtcNow(), cancellationToken));
    }

    /// <summary>An account that the caller can name: any present one that has not blocked the caller, blocked by the caller or not.</summary>
    public static async Task<long?> FindAsync(PampsDbContext db, string username, long callerId, CancellationToken cancellationToken)
    {
        var name = username.ToLowerInvariant();
        return await db.Accounts
            .Where(account => account.Username == name && account.SuspendedAt == null && account.DeletedAt == null &&
                !db.Blocks.Any(block => block.BlockerId == account.Id && block.BlockedId == callerId))
            .Select(account => (long?)account.Id).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>How the caller and an account stand now.</summary>
    public static async Task<RelationshipResponse> DescribeAsync(
        PampsDbContext db, long callerId, long accountId, bool changed, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var relationship = (await AccountProjection.RelationshipsAsync(db, callerId, [accountId], now, cancellationToken)).Single();
        var followers = await db.Accounts.Where(account => account.Id == accountId).Select(account => account.FollowerCount).SingleAsync(cancellationToken);
        return new RelationshipResponse(relationship, followers, changed);
    }

    private static async Task<bool> ApplyAsync(PampsDbContext db, long blockerId, long blockedId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.LockPairAsync(blockerId, blockedId, cancellationToken);
        if (await db.Blocks.AnyAsync(block => block.BlockerId == blockerId && block.BlockedId == blockedId, cancellationToken))
        {
            return false;
        }

        await EndFollowAsync(db, blockerId, blockedId, cancellationToken);
        await EndFollowAsync(db, blockedId, blockerId, cancellationToken);
        db.Blocks.Add(new Block { BlockerId = blockerId, BlockedId = blockedId, CreatedAt = now });
        db.Publish(new AccountBlocked(blockerId, blockedId));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static async Task EndFollowAsync(PampsDbContext db, long followerId, long followeeId, CancellationToken cancellationToken)
    {
        var ended = await db.Follows.Where(follow => follow.FollowerId == followerId && follow.FolloweeId == followeeId).ExecuteDeleteAsync(cancellationToken);
        if (ended > 0)
        {
            db.Publish(new AccountUnfollowed(followerId, followeeId, await db.RaiseFeedVersionAsync(followerId, cancellationToken)));
        }
    }
}
