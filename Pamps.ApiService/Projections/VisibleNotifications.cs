using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;

namespace Pamps.ApiService.Projections;

/// <summary>The notifications an account gets to see: what was written, less what a block, a mute, a suspension or a deletion has hidden since.</summary>
internal static class VisibleNotifications
{
    private const int CountMax = 100;

    /// <summary>Those of an account.</summary>
    /// <param name="db">The database.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="now">Mutes that have ended by now hide nothing.</param>
    /// <param name="types">Only these types; all when null.</param>
    public static IQueryable<Notification> Of(PampsDbContext db, long accountId, DateTimeOffset now, IReadOnlyCollection<NotificationType>? types = null)
    {
        var actors = db.Accounts.VisibleTo(db, accountId);
        var posts = db.Posts.VisibleTo(db, accountId);

        // Every id is above 0. Saying so inside keeps Postgres from reading all accounts and all posts into a hash as soon
        // as somebody has many notifications, where it needs those of one page: a second instead of a millisecond.
        var visible = db.Notifications.Where(notification => notification.RecipientId == accountId &&
            (notification.ActorId == null || actors.Any(actor => actor.Id == notification.ActorId && notification.Id > 0)) &&
            // A warning stands even when its post is gone.
            (notification.PostId == null || notification.Type == NotificationType.Warning ||
                posts.Any(post => post.Id == notification.PostId && notification.Id > 0)) &&
            !db.Mutes.Any(mute => mute.MuterId == accountId && mute.MutedId == notification.ActorId && mute.Notifications &&
                (mute.ExpiresAt == null || mute.ExpiresAt > now)));
        return types is null ? visible : visible.Where(notification => types.Contains(notification.Type));
    }

    /// <summary>How many of them wait, wherever that number is shown. Counted up to a bound, the newest first, so that it stays cheap.</summary>
    /// <param name="db">The database.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="now">The present.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public static async Task<UnreadCountResponse> CountUnreadAsync(PampsDbContext db, long accountId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Mostly nothing waits, and one look into the index tells: what may be seen of it need not even be planned then.
        if (!await db.Notifications.AnyAsync(notification => notification.RecipientId == accountId && notification.ReadAt == null, cancellationToken))
        {
            return new UnreadCountResponse(0, More: false);
        }

        var count = await Of(db, accountId, now).Where(notification => notification.ReadAt == null)
            .OrderByDescending(notification => notification.Id).Take(CountMax + 1).CountAsync(cancellationToken);
        return new UnreadCountResponse(Math.Min(count, CountMax), More: count > CountMax);
    }
}
