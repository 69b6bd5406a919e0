using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Data;
using Pamps.ApiService.Outbox;
using Pamps.ApiService.Redis;

namespace Pamps.ApiService.Features.Streams;

/// <summary>Tells an account's open streams of a notification, and how many wait.</summary>
internal sealed class PushNotification(PampsDbContext db, StreamStore store)
    : IEventHandler<NotificationCreated>, IEventHandler<NotificationsRead>
{
    private const int CountMax = 100;

    public async Task HandleAsync(NotificationCreated e, OutboxDelivery delivery, CancellationToken cancellationToken)
    {
        var notification = new StreamEvent { Type = "notification", NotificationId = e.NotificationId };
        await store.AppendAsync(RedisKeys.AccountLog(e.RecipientId), notification.Write());
        await PushUnreadAsync(e.RecipientId, cancellationToken);
    }

    public Task HandleAsync(NotificationsRead e, OutboxDelivery delivery, CancellationToken cancellationToken) => PushUnreadAsync(e.AccountId, cancellationToken);

    private async Task PushUnreadAsync(long accountId, CancellationToken cancellationToken)
    {
        var count = await db.Notifications.Where(notification => notification.RecipientId == accountId && notification.ReadAt == null)
            .Take(CountMax + 1).CountAsync(cancellationToken);
        var unread = new StreamEvent { Type = "unread", Count = Math.Min(count, CountMax), More = count > CountMax };
        await store.AppendAsync(RedisKeys.AccountLog(accountId), unread.Write());
    }
}
