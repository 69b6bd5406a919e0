using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Pamps.ApiService.Data;

namespace Pamps.ApiService.Http;

/// <summary>The right to do the work of a request.</summary>
/// <param name="AccountId">Whose key.</param>
/// <param name="Route">Method and route.</param>
/// <param name="Key">The key.</param>
/// <param name="LeaseUntil">When somebody else may take it; tells this claim from a later one.</param>
internal sealed record IdempotencyClaim(long AccountId, string Route, string Key, DateTimeOffset LeaseUntil);

/// <summary>The rows of idempotency keys: who has the right to do the work, and what came of it.</summary>
internal sealed class IdempotencyClaims(IServiceScopeFactory scopes, IOptions<HttpOptions> options, TimeProvider clock)
{
    /// <summary>How long keys are remembered; Mastodon keeps them an hour, Stripe a day.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <summary>
    /// Tries to get the right to do the work, committed at once and by one statement, so that of fifty equal requests one
    /// gets it. Either the claim, or the row that stands in the way; neither when that was given back in this instant.
    /// </summary>
    /// <param name="accountId">Whose key.</param>
    /// <param name="route">Method and route.</param>
    /// <param name="key">The key.</param>
    /// <param name="hash">Hash of the request.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<(IdempotencyClaim? Claim, IdempotencyKey? Earlier)> ClaimAsync(
        long accountId, string route, string key, byte[] hash, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PampsDbContext>();
        var now = clock.GetUtcNow();
        var (lease, expired) = (now + options.Value.IdempotencyLease, now - Kept);
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
            ? (new IdempotencyClaim(accountId, route, key, lease), null)
            : (null, await db.IdempotencyKeys.AsNoTracking()
                .SingleOrDefaultAsync(row => row.AccountId == accountId && row.Route == route && row.Key == key, cancellationToken));
    }

    /// <summary>Gives the right back: the work failed on our side and may be tried again at once.</summary>
    /// <param name="claim">The right.</param>
    public async Task ReleaseAsync(IdempotencyClaim claim)
    {
        await using var scope = scopes.CreateAsyncScope();
        // Not cancelled with the request: the client is often gone by now, and will come back with the same key.
        await Held(scope.ServiceProvider.GetRequiredService<PampsDbContext>(), claim).ExecuteDeleteAsync(CancellationToken.None);
    }

    /// <summary>
    /// Stores the answer with the given context, so that it is part of that context's transaction, if there is one. False
    /// when the lease ran out and somebody else has the right by now: then this work must not be committed.
    /// </summary>
    /// <param name="db">The context.</param>
    /// <param name="claim">The right.</param>
    /// <param name="response">The answer.</param>
    /// <param name="body">Its body.</param>
    public static async Task<bool> StoreAsync(PampsDbContext db, IdempotencyClaim claim, HttpResponse response, byte[] body)
    {
        var (status, contentType, location) = (response.StatusCode, response.ContentType, response.Headers.Location.ToString());
        return await Held(db, claim).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.Status, status)
                .SetProperty(row => row.ContentType, contentType)
                .SetProperty(row => row.Location, location.Length > 0 ? location : null)
                .SetProperty(row => row.Body, body),
            CancellationToken.None) > 0;
    }

    private static IQueryable<IdempotencyKey> Held(PampsDbContext db, IdempotencyClaim claim) => db.IdempotencyKeys.Where(row =>
        row.AccountId == claim.AccountId && row.Route == claim.Route && row.Key == claim.Key && row.Status == null && row.LeaseUntil == claim.LeaseUntil);
}
