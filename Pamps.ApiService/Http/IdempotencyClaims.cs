using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Data;

namespace Pamps.ApiService.Http;

/// <summary>The rows of idempotency keys: who has the right to do the work, and what came of it.</summary>
internal sealed class IdempotencyClaims(IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <summary>How long keys are remembered; Mastodon keeps them an hour, Stripe a day.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Tries to get the right to do the work, committed at once and by one statement, so that of fifty equal requests one
    /// gets it. Null: the right is ours. Otherwise the row that stands in the way.
    /// </summary>
    /// <param name="accountId">Whose key.</param>
    /// <param name="route">Method and route.</param>
    /// <param name="key">The key.</param>
    /// <param name="hash">Hash of the request.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<IdempotencyKey?> ClaimAsync(long accountId, string route, string key, byte[] hash, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PampsDbContext>();
        var now = clock.GetUtcNow();
        var (lease, expired) = (now + Lease, now - Kept);
        var claimed = await db.Database.ExecuteSqlAsync(
            $"""
            insert into idempotency_keys (account_id, route, key, request_hash, created_at, lease_until)
            values ({accountId}, {route}, {key}, {hash}, {now}, {lease})
            on conflict (account_id, route, key) do update
            set request_hash = excluded.request_hash, created_at = excluded.created_at, lease_until = excluded.lease_until,
                status = null, content_type = null, location = null, body = null
            where idempotency_keys.created_at < {expired}
               or (idempotency_keys.status is null and idempotency_keys.lease_until <= {now} and idempotency_keys.request_hash = excluded.request_hash)
            """,
            cancellationToken);
        return claimed > 0
            ? null
            : await db.IdempotencyKeys.AsNoTracking()
                .SingleAsync(row => row.AccountId == accountId && row.Route == route && row.Key == key, cancellationToken);
    }

    /// <summary>Gives the right back: the work failed on our side and may be tried again at once.</summary>
    /// <param name="accountId">Whose key.</param>
    /// <param name="route">Method and route.</param>
    /// <param name="key">The key.</param>
    public async Task ReleaseAsync(long accountId, string route, string key)
    {
        await using var scope = scopes.CreateAsyncScope();
        // Not cancelled with the request: the client is often gone by now, and will come back with the same key.
        await scope.ServiceProvider.GetRequiredService<PampsDbContext>().IdempotencyKeys
            .Where(row => row.AccountId == accountId && row.Route == route && row.Key == key && row.Status == null)
            .ExecuteDeleteAsync(CancellationToken.None);
    }

    /// <summary>Stores the answer with the given context, so that it is part of that context's transaction, if there is one.</summary>
    /// <param name="db">The context.</param>
    /// <param name="accountId">Whose key.</param>
    /// <param name="route">Method and route.</param>
    /// <param name="key">The key.</param>
    /// <param name="response">The answer.</param>
    /// <param name="body">Its body.</param>
    public static Task StoreAsync(PampsDbContext db, long accountId, string route, string key, HttpResponse response, byte[] body)
    {
        var (status, contentType, location) = (response.StatusCode, response.ContentType, response.Headers.Location.ToString());
        return db.IdempotencyKeys
            .Where(row => row.AccountId == accountId && row.Route == route && row.Key == key)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(row => row.Status, status)
                    .SetProperty(row => row.ContentType, contentType)
                    .SetProperty(row => row.Location, location.Length > 0 ? location : null)
                    .SetProperty(row => row.Body, body),
                CancellationToken.None);
    }
}
