using System.Diagnostics;
using System.Globalization;

namespace Pamps.Tests.Benchmarks;

/// <summary>One request of a load: when it should have begun, how long its answer took from then, and whether it was one.</summary>
/// <param name="Kind">What was asked for.</param>
/// <param name="Due">Timestamp at which it was due.</param>
/// <param name="Taken">From then to the whole answer, so that waiting for a turn counts.</param>
/// <param name="Succeeded">Whether it was answered well.</param>
internal readonly record struct Sample(string Kind, long Due, TimeSpan Taken, bool Succeeded)
{
    /// <summary>Timestamp of the answer.</summary>
    public long Ended => Due + (long)(Taken.TotalSeconds * Stopwatch.Frequency);
}

/// <summary>Percentiles of a load.</summary>
internal static class Samples
{
    /// <summary>The time that a share of the requests did not exceed, in milliseconds.</summary>
    public static double Percentile(this IEnumerable<Sample> samples, double share)
    {
        var taken = samples.Select(sample => sample.Taken.TotalMilliseconds).Order().ToList();
        return taken.Count == 0 ? double.NaN : taken[Math.Min(taken.Count - 1, (int)(taken.Count * share))];
    }

    /// <summary>p50 and p99 as text.</summary>
    public static string Describe(this IReadOnlyCollection<Sample> samples) => string.Create(
        CultureInfo.InvariantCulture, $"{samples.Percentile(0.5):0.0} | {samples.Percentile(0.99):0.0}");
}

/// <summary>
/// Offers requests at a fixed rate, whether or not the answers keep up (an open loop): a slow answer does not slow the
/// load down, and the time of those that queue behind it counts.
/// </summary>
internal static class OfferedLoad
{
    private const int Lanes = 64;

    /// <summary>Runs until cancelled.</summary>
    /// <param name="rate">Requests per second.</param>
    /// <param name="next">The kind of the next request and the request itself, by its number.</param>
    /// <param name="cancellationToken">Ends the load.</param>
    public static async Task<List<Sample>> RunAsync(double rate, Func<long, (string Kind, Func<Task> Send)> next, CancellationToken cancellationToken)
    {
        var samples = new List<Sample>();
        var gate = new Lock();
        var begin = Stopwatch.GetTimestamp();
        var number = 0L;
        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => Task.Run(async () =>
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
            for (long turn = lane; !cancellationToken.IsCancellationRequested; turn += Lanes)
            {
                var due = begin + (long)(turn / rate * Stopwatch.Frequency);
                while (Stopwatch.GetTimestamp() < due && !cancellationToken.IsCancellationRequested)
                {
                    await timer.WaitForNextTickAsync(CancellationToken.None);
                }

                var (kind, send) = next(Interlocked.Increment(ref number));
                var succeeded = true;
                try
                {
                    await send();
                }
                catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
                {
                    succeeded = false;
                }

                lock (gate)
                {
                    samples.Add(new Sample(kind, due, Stopwatch.GetElapsedTime(due), succeeded));
                }
            }
        })));
        return samples;
    }
}
