using Microsoft.Extensions.Options;
using Pamps.ApiService.Data;
using Pamps.ApiService.Outbox;

namespace Pamps.ApiService.Features.Feeds;

/// <summary>
/// Brings a feed in Redis up to a change of whom its reader follows: the posts of a new followee above the floor go in,
/// those of a former one out. Each change has its version, and only the next version may be applied; after a gap the feed is
/// rebuilt instead. Until then the database answers, since the set is older than the account says.
/// </summary>
internal sealed class MergeFollow(PampsDbContext db, FeedStore store, RebuildQueue rebuilds, IOptions<FeedOptions> options)
    : IEventHandler<AccountFollowed>, IEventHandler<AccountUnfollowed>
{
    public async Task HandleAsync(AccountFollowed e, OutboxDelivery delivery, CancellationToken cancellationToken)
    {
        if (await store.DescribeAsync(e.FollowerId) is { } feed)
        {
            var ids = await PostsAsync(e.FolloweeId, feed.Floor, cancellationToken);
            if (!await store.MergeAsync(e.FollowerId, e.FeedVersion, ids))
            {
                await rebuilds.RebuildAsync(db, e.FollowerId, cancellationToken);
            }
        }
    }

    public async Task HandleAsync(AccountUnfollowed e, OutboxDelivery delivery, CancellationToken cancellationToken)
    {
        if (await store.DescribeAsync(e.FollowerId) is { } feed)
        {
            var ids = await PostsAsync(e.FolloweeId, feed.Floor, cancellationToken);
            if (!await store.RemoveAsync(e.FollowerId, e.FeedVersion, ids))
            {
                await rebuilds.RebuildAsync(db, e.FollowerId, cancellationToken);
            }
        }
    }

    // One more than the window, so that a set filled by one author trims and raises its floor above what was left out.
    private Task<List<long>> PostsAsync(long authorId, long floor, CancellationToken cancellationToken) =>
        HomeQuery.OfAuthorsDownAsync(db, [authorId], long.MaxValue, floor, options.Value.Window + 1, cancellationToken);
}
