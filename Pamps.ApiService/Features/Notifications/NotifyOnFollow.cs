using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Outbox;

namespace Pamps.ApiService.Features.Notifications;

/// <summary>Tells an account of a new follower, unless they left meanwhile.</summary>
internal sealed class NotifyOnFollow(PampsDbContext db, NotificationWriter notifications) : IEventHandler<AccountFollowed>
{
    public async Task HandleAsync(AccountFollowed e, OutboxDelivery delivery, CancellationToken cancellationToken)
    {
        if (await db.Follows.AnyAsync(follow => follow.FollowerId == e.FollowerId && follow.FolloweeId == e.FolloweeId, cancellationToken))
        {
            await notifications.WriteAsync(
                NotificationType.Follow, [e.FolloweeId], e.FollowerId, null, null, $"account:{e.FollowerId}", cancellationToken);
        }
    }
}
