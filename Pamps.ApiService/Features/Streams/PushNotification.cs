using Pamps.ApiService.Data;
using Pamps.ApiService.Outbox;
using Pamps.ApiService.Projections;
using Pamps.ApiService.Redis;

namespace Pamps.ApiService.Features.Streams;

/// <summary>Tells an account's open streams of a notification, and how many wait.</summary>
internal sealed class PushNotification(PampsDbContext db, StreamStore store, TimeProvider clock)
    : IEventHandler<NotificationCreated>, IEventHandler<NotificationsRead>, IEventHandler<MuteChanged>,
        IEventHandler<AccountBlocked>, IEventHandler<AccountUnblocked>
{
    public async Task HandleAsync(NotificationCreated e, OutboxDelivery delivery, CancellationToken cancellationToken)
    {
        var notification = new StreamEvent { Type = "notification", NotificationId = e.NotificationId };
        await store.AppendAsync(RedisKeys.AccountLog(e.RecipientId), notification.Write());
        await PushUnreadAsync(e.RecipientId, cancellationToken);
    }

    public Task HandleAsync(NotificationsRead e, OutboxDelivery delivery, CancellationToken cancellationToken) => PushUnreadAsync(e.AccountId, cancellationToken);

    // What a mute or block hides, or shows again, is counted anew.
    public Task HandleAsync(MuteChanged e, OutboxDelivery delivery, CancellationToken cancellationToken) => PushUnreadAsync(e.MuterId, cancellationToken);

    public Task HandleAsync(AccountBlocked e, OutboxDelivery delivery, CancellationToken cancellationToken) => PushUnreadAsync([e.BlockerId, e.BlockedId], cancellationToken);

    public Task HandleAsync(AccountUnblocked e, OutboxDelivery delivery, CancellationToken cancellationToken) => PushUnreadAsync([e.BlockerId, e.BlockedId], cancellationToken);

    private async Task PushUnreadAsync(long[] accountIds, CancellationToken cancellationToken)
    {
        foreach (var accountId in accountIds)
        {
            await PushUnreadAsync(accountId, cancellationToken);
        }
    }

    private async Task PushUnreadAsync(long accountId, CancellationToken cancellationToken)
    {
        var count = await VisibleNotifications.CountUnreadAsync(db, accountId, clock.GetUtcNow(), cancellationToken);
        var unread = new StreamEvent { Type = "unread", Count = count.Count, More = count.More };
        await store.AppendAsync(RedisKeys.AccountLog(accountId), unread.Write());
    }
}
