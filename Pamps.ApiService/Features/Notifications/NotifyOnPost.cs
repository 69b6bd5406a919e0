using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Outbox;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Notifications;

/// <summary>Tells whose post was answered and who was mentioned; after an edit only those mentioned anew.</summary>
internal sealed class NotifyOnPost(PampsDbContext db, NotificationWriter notifications) : IEventHandler<PostCreated>, IEventHandler<PostEdited>
{
    public Task HandleAsync(PostCreated e, OutboxDelivery delivery, CancellationToken cancellationToken) => TellAsync(e.PostId, cancellationToken);

    // Who was told before has a row already, and is not told again.
    public Task HandleAsync(PostEdited e, OutboxDelivery delivery, CancellationToken cancellationToken) => TellAsync(e.PostId, cancellationToken);

    private async Task TellAsync(long postId, CancellationToken cancellationToken)
    {
        var post = await db.Posts.VisibleTo(db, readerId: null).Where(post => post.Id == postId)
            .Select(post => new
            {
                post.AuthorId,
                ParentAuthorId = post.Parent == null || post.Parent.DeletedAt != null ? (long?)null : post.Parent.AuthorId,
                Mentioned = post.Mentions.Select(mention => mention.AccountId).ToList(),
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (post is null)
        {
            return;
        }

        var subject = $"post:{postId}";
        if (post.ParentAuthorId is { } parentAuthorId)
        {
            await notifications.WriteAsync(NotificationType.Reply, [parentAuthorId], post.AuthorId, postId, null, subject, cancellationToken);
        }

        // Once is enough for somebody who is both answered and mentioned.
        long[] mentioned = [.. post.Mentioned.Where(accountId => accountId != post.ParentAuthorId)];
        await notifications.WriteAsync(NotificationType.Mention, mentioned, post.AuthorId, postId, null, subject, cancellationToken);
    }
}
