using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Outbox;

namespace Pamps.ApiService.Features.Notifications;

/// <summary>
/// Tells accounts of things. One row per recipient, type and subject, so that a repeated message of the outbox, or a like taken
/// back and given again, tells once. Nobody is told of themselves, by somebody blocked, by somebody muted with notifications, or
/// by somebody suspended.
/// </summary>
internal sealed class NotificationWriter(PampsDbContext db, TimeProvider clock)
{
    public Task WriteAsync(
        NotificationType type, IReadOnlyCollection<long> recipientIds, long? actorId, long? postId, long? subjectId, string subject, CancellationToken cancellationToken)
    {
        if (recipientIds.Count == 0)
        {
            return Task.CompletedTask;
        }

        var name = type.ToString();
        long[] recipients = [.. recipientIds];
        return db.Database.CreateExecutionStrategy().ExecuteAsync(
            async token =>
            {
                db.ChangeTracker.Clear();
                var now = clock.GetUtcNow();
                await using var transaction = await db.Database.BeginTransactionAsync(token);
                var written = await db.Database.SqlQuery<Written>(
                    $"""
                    insert into notifications (recipient_id, type, subject, actor_id, post_id, subject_id, created_at)
                    select r.id, {name}, {subject}, {actorId}::bigint, {postId}::bigint, {subjectId}::bigint, {now}
                    from accounts r
                    where r.id = any({recipients}) and r.deleted_at is null and r.id is distinct from {actorId}::bigint
                        and not exists (select from blocks b
                            where (b.blocker_id = r.id and b.blocked_id = {actorId}::bigint) or (b.blocker_id = {actorId}::bigint and b.blocked_id = r.id))
                        and not exists (select from mutes m
                            where m.muter_id = r.id and m.muted_id = {actorId}::bigint and m.notifications and (m.expires_at is null or m.expires_at > {now}))
                        and not exists (select from accounts a where a.id = {actorId}::bigint and (a.suspended_at is not null or a.deleted_at is not null))
                    order by r.id
                    on conflict (recipient_id, type, subject) do nothing
                    returning id as "Id", recipient_id as "RecipientId"
                    """).ToListAsync(token);
                foreach (var notification in written)
                {
                    db.Publish(new NotificationCreated(notification.Id, notification.RecipientId));
                }

                await db.SaveChangesAsync(token);
                await transaction.CommitAsync(token);
            },
            cancellationToken);
    }

    private sealed record Written(long Id, long RecipientId);
}
