using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Notifications;

/// <summary>The notifications an account gets to see: what was written, less what a block, a mute, a suspension or a deletion has hidden since.</summary>
internal static class VisibleNotifications
{
    public static IQueryable<Notification> Of(PampsDbContext db, long accountId, DateTimeOffset now, IReadOnlyCollection<NotificationType>? types = null)
    {
        var actors = db.Accounts.VisibleTo(db, accountId);
        var posts = db.Posts.VisibleTo(db, accountId);
        var visible = db.Notifications.Where(notification => notification.RecipientId == accountId &&
            (notification.ActorId == null || actors.Any(actor => actor.Id == notification.ActorId)) &&
            (notification.PostId == null || posts.Any(post => post.Id == notification.PostId)) &&
            !db.Mutes.Any(mute => mute.MuterId == accountId && mute.MutedId == notification.ActorId && mute.Notifications &&
                (mute.ExpiresAt == null || mute.ExpiresAt > now)));
        return types is null ? visible : visible.Where(notification => types.Contains(notification.Type));
    }
}
