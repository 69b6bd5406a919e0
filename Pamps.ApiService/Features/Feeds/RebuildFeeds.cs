using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Pamps.ApiService.Data;
using Pamps.ApiService.Outbox;

namespace Pamps.ApiService.Features.Feeds;

/// <summary>
/// Rebuilds the feed of one account, or of all that have one, on request of an administrator; resumable. It also gives
/// authors that are merged at read back to fan-out when they no longer have too many followers.
/// </summary>
internal sealed class RebuildFeeds(
    PampsDbContext db, FeedStore store, RebuildQueue rebuilds, DropCopies copies, IOptions<FeedOptions> options)
    : IEventHandler<FeedRebuildRequested>
{
    private const int SaveEvery = 100;

    public async Task HandleAsync(FeedRebuildRequested e, OutboxDelivery delivery, CancellationToken cancellationToken)
    {
        if (e.AccountId is { } single)
        {
            await rebuilds.RebuildAsync(db, single, cancellationToken);
            return;
        }

        await FanOutAgainAsync(cancellationToken);
        var last = delivery.Cursor is { } cursor ? long.Parse(cursor, CultureInfo.InvariantCulture) : 0;
        long[] accounts = [.. store.List().Distinct().Order()];
        for (var index = 0; index < accounts.Length; index++)
        {
            if (accounts[index] > last)
            {
                await rebuilds.RebuildAsync(db, accounts[index], cancellationToken);
                if (index % SaveEvery == SaveEvery - 1)
                {
                    await delivery.SaveAsync(accounts[index].ToString(CultureInfo.InvariantCulture), index * 100 / accounts.Length, cancellationToken);
                }
            }
        }
    }

    private async Task FanOutAgainAsync(CancellationToken cancellationToken)
    {
        // With the new version of all their followers' feeds in the same statement: sets that lack their posts are not
        // believed until they are rebuilt.
        var authors = await db.Database.SqlQuery<long>(
            $"""
            with back as (
                update accounts set pulled_feeds = false, feed_version = feed_version + 1 where pulled_feeds and follower_count <= {options.Value.FanOutFollowersMax} returning id
            ), readers as (
                update accounts set feed_version = feed_version + 1
                where id in (select follower_id from follows where followee_id in (select id from back)) and id not in (select id from back)
            )
            select id as "Value" from back
            """).ToListAsync(cancellationToken);
        authors.ForEach(authorId => copies.OnCommitted(new AuthorPulled(authorId)));
    }
}
