using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Outbox;

namespace Pamps.ApiService.Features.Notifications;

/// <summary>Tells an author who likes a post, unless the like was taken back meanwhile.</summary>
internal sealed class NotifyOnLike(PampsDbContext db, NotificationWriter notifications) : IEventHandler<PostLiked>
{
    public async Task HandleAsync(PostLiked e, OutboxDelivery delivery, CancellationToken cancellationToken)
    {
        var authorId = await db.Likes.Where(like => like.PostId == e.PostId && like.AccountId == e.AccountId && like.Post.DeletedAt == null)
            .Select(like => (long?)like.Post.AuthorId).SingleOrDefaultAsync(cancellationToken);
        if (authorId is { } author)
        {
            await notifications.WriteAsync(
                NotificationType.Like, [author], e.AccountId, e.PostId, null, $"post:{e.PostId}:account:{e.AccountId}", cancellationToken);
        }
    }
}
