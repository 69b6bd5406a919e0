using StackExchange.Redis;

namespace Pamps.ApiService.Redis;

/// <summary>Points to add to one counter.</summary>
/// <param name="Partition">Limit and partition.</param>
/// <param name="Window">Number of the window.</param>
/// <param name="Points">What this replica counted since the last time.</param>
/// <param name="Length">Length of the window.</param>
internal sealed record RateDelta(string Partition, long Window, long Points, TimeSpan Length);

/// <summary>Counters of rate limits that replicas share.</summary>
internal sealed class RateWindow(RedisGate gate, RedisKeys keys)
{
    /// <summary>Adds points and returns the totals of all replicas, in the same order; null when Redis is away.</summary>
    /// <param name="deltas">What to add.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public ValueTask<long[]?> AddAsync(IReadOnlyList<RateDelta> deltas, CancellationToken cancellationToken) =>
        gate.TryAsync(
            database =>
            {
                var totals = new Task<long>[deltas.Count];
                for (var index = 0; index < totals.Length; index++)
                {
                    var delta = deltas[index];
                    var key = keys.RateLimit(delta.Partition, delta.Window);
                    totals[index] = database.StringIncrementAsync(key, delta.Points);
                    // Twice the window: another replica's clock may be a little behind.
                    _ = database.KeyExpireAsync(key, delta.Length * 2, CommandFlags.FireAndForget);
                }

                return Task.WhenAll(totals);
            },
            cancellationToken);
}
