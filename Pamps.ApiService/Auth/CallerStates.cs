using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using Pamps.ApiService.Data;

namespace Pamps.ApiService.Auth;

/// <summary>
/// The present state of sessions and API keys, remembered for some seconds (<see cref="JwtOptions.StateCacheLifetime"/>),
/// so that a revoked session, a suspended account or a changed role takes effect soon without a query per call.
/// In this process a change takes effect at once: whoever changes something calls <see cref="Forget"/>. Credentials that
/// do not exist are remembered too, else a flood of forged keys would be a flood of queries.
/// </summary>
internal sealed class CallerStates(IServiceScopeFactory scopes, IOptions<JwtOptions> options, TimeProvider clock) : IDisposable
{
    private readonly MemoryCache _entries = new(new MemoryCacheOptions { SizeLimit = 200_000 });

    // Account id → the stamp of its last change. An entry whose reading began before that stamp is not used; so a
    // reading that overlaps a change cannot bring the old state back.
    private readonly MemoryCache _changes = new(new MemoryCacheOptions { SizeLimit = 200_000 });
    private long _stamp;

    /// <summary>The state of a session, or null when it does not exist or has ended.</summary>
    /// <param name="sessionId">The <c>sid</c> of a token.</param>
    /// <param name="accountId">The <c>sub</c> of the token.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public ValueTask<CallerState?> OfSessionAsync(long sessionId, long accountId, CancellationToken cancellationToken)
    {
        var key = (sessionId, accountId);
        return TryGet(key, out var known)
            ? new(known)
            : ReadAsync(key, (db, now) => db.Sessions.AsNoTracking()
                .Where(session => session.Id == sessionId && session.AccountId == accountId && session.RevokedAt == null &&
                    session.ExpiresAt > now && session.Account.DeletedAt == null)
                .Select(session => new CallerState(
                    session.AccountId, session.Account.Role, session.Account.BillingOperator,
                    session.Account.SuspendedAt != null, session.Scope, null))
                .SingleOrDefaultAsync(cancellationToken));
    }

    /// <summary>The state of an API key, or null when it does not exist or has ended. Notes its use, at most once a minute.</summary>
    /// <param name="apiKey">The key as presented.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public ValueTask<CallerState?> OfApiKeyAsync(string apiKey, CancellationToken cancellationToken)
    {
        if (!ApiKeyFormat.TryReadPrefix(apiKey, out var prefix))
        {
            return new((CallerState?)null);
        }

        // The hash is the cache key: a wrong secret behind a right prefix is another entry.
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(apiKey));
        var key = Convert.ToHexString(hash);
        return TryGet(key, out var known)
            ? new(known)
            : ReadAsync(key, (db, now) => FindApiKeyAsync(db, prefix, hash, now, cancellationToken));
    }

    /// <summary>Makes the next call of an account look again: its sessions, keys, role or suspension changed.</summary>
    /// <param name="accountId">The account.</param>
    public void Forget(long accountId) => _changes.Set(accountId, Interlocked.Increment(ref _stamp), new MemoryCacheEntryOptions
    {
        Size = 1,
        // Longer than any entry lives that was read before.
        AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(2),
    });

    public void Dispose()
    {
        _entries.Dispose();
        _changes.Dispose();
    }

    private static async Task<CallerState?> FindApiKeyAsync(
        PampsDbContext db, string prefix, byte[] hash, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var found = await db.ApiKeys.AsNoTracking()
            .Where(key => key.Prefix == prefix && key.RevokedAt == null && (key.ExpiresAt == null || key.ExpiresAt > now) &&
                key.Account.DeletedAt == null)
            .Select(key => new
            {
                key.Id,
                key.Hash,
                key.Scopes,
                key.LastUsedAt,
                key.AccountId,
                key.Account.Role,
                key.Account.BillingOperator,
                Suspended = key.Account.SuspendedAt != null,
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null || !CryptographicOperations.FixedTimeEquals(found.Hash, hash))
        {
            return null;
        }

        var minuteAgo = now - TimeSpan.FromMinutes(1);
        if (found.LastUsedAt is null || found.LastUsedAt < minuteAgo)
        {
            await db.ApiKeys
                .Where(key => key.Id == found.Id && (key.LastUsedAt == null || key.LastUsedAt < minuteAgo))
                .ExecuteUpdateAsync(set => set.SetProperty(key => key.LastUsedAt, now), cancellationToken);
        }

        return new CallerState(
            found.AccountId, found.Role, found.BillingOperator, found.Suspended, string.Join(' ', found.Scopes), found.Id);
    }

    private bool TryGet(object key, out CallerState? state)
    {
        state = null;
        if (!_entries.TryGetValue(key, out Entry? entry) || entry!.Until <= clock.GetUtcNow())
        {
            return false;
        }

        state = entry.State;
        return state is null || !_changes.TryGetValue(state.AccountId, out long changed) || changed <= entry.Stamp;
    }

    private async ValueTask<CallerState?> ReadAsync(object key, Func<PampsDbContext, DateTimeOffset, Task<CallerState?>> read)
    {
        var now = clock.GetUtcNow();
        var stamp = Interlocked.Read(ref _stamp);
        await using var scope = scopes.CreateAsyncScope();
        var state = await read(scope.ServiceProvider.GetRequiredService<PampsDbContext>(), now);
        _entries.Set(key, new Entry(state, now + options.Value.StateCacheLifetime, stamp), new MemoryCacheEntryOptions
        {
            Size = 1,
            AbsoluteExpirationRelativeToNow = options.Value.StateCacheLifetime,
        });
        return state;
    }

    private sealed record Entry(CallerState? State, DateTimeOffset Until, long Stamp);
}
