using System.Collections.Concurrent;
using System.Globalization;
using Pamps.ApiService.Redis;

namespace Pamps.ApiService.Http;

/// <summary>What a limit says to one request.</summary>
/// <param name="Allowed">Whether it may go on.</param>
/// <param name="Limit">Permits of the window.</param>
/// <param name="Remaining">Permits left.</param>
/// <param name="ResetAt">When the window ends.</param>
internal readonly record struct RateDecision(bool Allowed, int Limit, int Remaining, DateTimeOffset ResetAt);

/// <summary>
/// Counts requests in fixed windows. Every request is counted in this process at once, which costs no round trip; the
/// counts are told to Redis a few times a second, and those of other replicas come back. So one replica is exact,
/// several overshoot by what arrives within one such interval, and without Redis each counts alone.
/// </summary>
internal sealed class RateCounters(TimeProvider clock)
{
    // A flood from ever new addresses must not fill the memory; beyond this number new partitions share one counter.
    private const int Most = 200_000;
    private const string Overflow = "overflow";

    private readonly ConcurrentDictionary<(string Limit, string Partition), Counter> _counters = new();

    /// <summary>Counts points against a limit.</summary>
    /// <param name="limit">Name of the limit.</param>
    /// <param name="partition">Whose count it is.</param>
    /// <param name="rule">The numbers.</param>
    /// <param name="points">What the request costs.</param>
    public RateDecision Take(string limit, string partition, RateLimitRule rule, int points = 1)
    {
        var now = clock.GetUtcNow();
        var window = now.Ticks / rule.Window.Ticks;
        var counter = _counters.TryGetValue((limit, partition), out var found)
            ? found
            : _counters.GetOrAdd((limit, _counters.Count < Most ? partition : Overflow), static (_, length) => new Counter(length), rule.Window);
        var resetAt = new DateTimeOffset((window + 1) * rule.Window.Ticks, TimeSpan.Zero);
        lock (counter)
        {
            counter.Enter(window);
            // A refused request is not counted: it would keep away somebody who comes back too early again and again.
            var allowed = counter.Count + points <= rule.Permits;
            if (allowed)
            {
                counter.Own += points;
            }

            return new RateDecision(allowed, rule.Permits, (int)Math.Max(0, rule.Permits - counter.Count), resetAt);
        }
    }

    /// <summary>Takes points back that <see cref="Take"/> counted, if their window still runs.</summary>
    /// <param name="limit">Name of the limit.</param>
    /// <param name="partition">Whose count it is.</param>
    /// <param name="rule">The numbers.</param>
    public void GiveBack(string limit, string partition, RateLimitRule rule)
    {
        if (_counters.TryGetValue((limit, partition), out var counter))
        {
            lock (counter)
            {
                if (counter.Window == clock.GetUtcNow().Ticks / rule.Window.Ticks && counter.Own > 0)
                {
                    counter.Own--;
                }
            }
        }
    }

    /// <summary>Exchanges counts with the other replicas, and forgets windows that are over.</summary>
    /// <param name="shared">The counts in Redis.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task SyncAsync(RateWindow shared, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var told = new List<(Counter Counter, RateCount Count)>();
        foreach (var (key, counter) in _counters)
        {
            lock (counter)
            {
                if (now.Ticks >= (counter.Window + 1) * counter.Length.Ticks)
                {
                    _counters.TryRemove(key, out _);
                }
                else if (counter.Own != counter.Told)
                {
                    told.Add((counter, new RateCount($"{key.Limit}:{key.Partition}", counter.Window, counter.Own, counter.Length)));
                }
            }
        }

        // Without Redis the counts stay untold until it is back, if their windows still run.
        if (told.Count == 0 || await shared.ExchangeAsync(told.ConvertAll(pair => pair.Count), cancellationToken) is not { } totals)
        {
            return;
        }

        for (var index = 0; index < told.Count; index++)
        {
            var (counter, count) = told[index];
            lock (counter)
            {
                if (counter.Window == count.Window)
                {
                    counter.Told = count.Points;
                    counter.Others = totals[index] - count.Points;
                }
            }
        }
    }

    private sealed class Counter(TimeSpan length)
    {
        public TimeSpan Length { get; } = length;

        public long Window { get; private set; }

        /// <summary>Counted by other replicas, as of the last exchange.</summary>
        public long Others { get; set; }

        /// <summary>Counted here.</summary>
        public long Own { get; set; }

        /// <summary>What Redis knows of <see cref="Own"/>.</summary>
        public long Told { get; set; }

        public long Count => Others + Own;

        public void Enter(long window)
        {
            if (Window != window)
            {
                (Window, Others, Own, Told) = (window, 0, 0, 0);
            }
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count} in window {Window}");
    }
}
