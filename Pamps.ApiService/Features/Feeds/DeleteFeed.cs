using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Data;
using Pamps.ApiService.Outbox;

namespace Pamps.ApiService.Features.Feeds;

/// <summary>Feeds of deleted accounts leave Redis with them.</summary>
internal sealed class DeleteFeed(PampsDbContext db, FeedStore store) : IEventHandler<AccountVisibilityChanged>, IEventHandler<AccountPurged>
{
    public async Task HandleAsync(AccountVisibilityChanged e, OutboxDelivery delivery, CancellationToken cancellationToken)
    {
        if (!await db.Accounts.AnyAsync(account => account.Id == e.AccountId && account.DeletedAt == null, cancellationToken))
        {
            await store.DeleteAsync([e.AccountId]);
        }
    }

    public Task HandleAsync(AccountPurged e, OutboxDelivery delivery, CancellationToken cancellationToken) => store.DeleteAsync([e.AccountId]);
}
