using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Pamps.ApiService.Data;
using Pamps.ApiService.Outbox;

namespace Pamps.ApiService.Features.Feeds;

/// <summary>
/// Writes a new post into the feeds of its author's followers, in batches that can be resumed. Twice is as good as once: the
/// set knows the id. Followers not seen for days have no set, so writing to theirs does nothing; they are not left out by
/// their last visit, because one who returns this minute may have a set already, which must not miss the post.
/// </summary>
internal sealed class FanOutPost(PampsDbContext db, FeedStore store, DropCopies copies, IOptions<FeedOptions> options) : IEventHandler<PostCreated>
{
    public async Task HandleAsync(PostCreated e, OutboxDelivery delivery, CancellationToken cancellationToken)
    {
        var post = await db.Posts
            .Where(post => post.Id == e.PostId && post.ParentId == null && post.Published && post.DeletedAt == null && post.HiddenAt == null)
            .Select(post => new { post.AuthorId, post.Author.PulledFeeds, post.Author.FollowerCount })
            .SingleOrDefaultAsync(cancellationToken);
        if (post is null)
        {
            return;
        }

        if (post.PulledFeeds || post.FollowerCount > options.Value.FanOutFollowersMax)
        {
            if (!post.PulledFeeds)
            {
                // One way: going back would have to fill the feeds of all followers first.
                await db.Accounts.Where(account => account.Id == post.AuthorId)
                    .ExecuteUpdateAsync(set => set.SetProperty(account => account.PulledFeeds, true), cancellationToken);
                copies.OnCommitted(new AuthorPulled(post.AuthorId));
            }

            copies.OnCommitted(new PostFannedOut(e.PostId, post.AuthorId));
            return;
        }

        // Upwards by follow, so that somebody who follows meanwhile is either still to come or merges the post themselves.
        var last = delivery.Cursor is { } cursor ? long.Parse(cursor, CultureInfo.InvariantCulture) : 0;
        var done = 0;
        var batch = options.Value.FanOutBatch;
        while (true)
        {
            var followers = await db.Follows.Where(follow => follow.FolloweeId == post.AuthorId && follow.Id > last)
                .OrderBy(follow => follow.Id).Select(follow => new { follow.Id, follow.FollowerId }).Take(batch).ToListAsync(cancellationToken);
            if (followers.Count > 0)
            {
                await store.FanOutAsync([.. followers.Select(follow => follow.FollowerId)], e.PostId);
                last = followers[^1].Id;
                done += followers.Count;
            }

            if (followers.Count < batch)
            {
                break;
            }

            await delivery.SaveAsync(
                last.ToString(CultureInfo.InvariantCulture), Math.Min(99, done * 100 / Math.Max(1, post.FollowerCount)), cancellationToken);
        }

        copies.OnCommitted(new PostFannedOut(e.PostId, post.AuthorId));
    }
}
