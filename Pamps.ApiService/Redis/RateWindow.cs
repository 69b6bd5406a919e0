using StackExchange.Redis;

namespace Pamps.ApiService.Redis;

/// <summary>What this replica counted in one window.</summary>
/// <param name="Partition">Limit and partition.</param>
/// <param name="Window">Number of the window.</param>
/// <param name="Points">All points since the window began.</param>
/// <param name="Length">Length of the window.</param>
internal sealed record RateCount(string Partition, long Window, long Points, TimeSpan Length);

/// <summary>
/// Counts of rate limits that replicas share: a hash per window with a field for each replica. A replica writes its whole
/// count and adds nothing, so that a call which Redis carried out but answered too late may be repeated.
/// </summary>
internal sealed class RateWindow(RedisGate gate, RedisKeys keys)
{
    // A replica that starts anew is another one; what it counted before still counts.
    private readonly RedisValue _replica = Guid.NewGuid().ToString("N");

    /// <summary>Writes counts and returns the totals of all replicas, in the same order; null when Redis is away.</summary>
    /// <param name="counts">The counts.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public ValueTask<long[]?> ExchangeAsync(IReadOnlyList<RateCount> counts, CancellationToken cancellationToken) =>
        gate.TryAsync(
            async database =>
            {
                var all = new Task<RedisValue[]>[counts.Count];
                for (var index = 0; index < all.Length; index++)
                {
                    var count = counts[index];
                    var key = keys.RateLimit(count.Partition, count.Window);
                    _ = database.HashSetAsync(key, _replica, count.Points, When.Always, CommandFlags.FireAndForget);
                    all[index] = database.HashValuesAsync(key);
                    // Twice the window: another replica's clock may be a little behind.
                    _ = database.KeyExpireAsync(key, count.Length * 2, CommandFlags.FireAndForget);
                }

                return (await Task.WhenAll(all)).Select(replicas => replicas.Sum(points => (long)points)).ToArray();
            },
            cancellationToken);
}
