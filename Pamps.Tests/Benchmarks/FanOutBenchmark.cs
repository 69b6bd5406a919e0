using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using StackExchange.Redis;

namespace Pamps.Tests.Benchmarks;

/// <summary>
/// One author writes, and the post goes into the feeds of every active follower: how long until the last of them holds it,
/// what others notice meanwhile, and what the feeds cost Redis.
/// </summary>
internal static class FanOutBenchmark
{
    private const int Followers = 10_000;
    private const int Posts = 15;
    private const int Readers = 40;
    private const double Rate = 300;

    public static async Task<int> RunAsync(BenchmarkOptions options)
    {
        if (options.Postgres.Length == 0 || options.Redis.Length == 0)
        {
            return BenchmarkOptions.Explain();
        }

        await using var site = await FeedSite.StartAsync(options);
        var star = await site.SignInAsync("star");
        await FeedDataset.FollowedByAsync(site.Database, "star", Followers);
        var readers = new List<AuthenticationHeaderValue>();
        for (var reader = 0; reader < Readers; reader++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"reader{reader}");
            readers.Add(await site.SignInAsync(name));
            await FeedDataset.FollowAsync(site.Database, name, 100);
        }

        using var redis = await ConnectionMultiplexer.ConnectAsync(options.Redis + ",allowAdmin=true");
        var feeds = await FeedsAsync(site);
        var built = await BuildAsync(site, options, redis.GetDatabase(), feeds);
        await MeasureMemoryAsync(site, redis, feeds, built);

        // Only warms up: the first requests of each kind are compiled, and connections opened.
        await LoadAsync(site, readers, TimeSpan.FromSeconds(5), _ => Task.CompletedTask);
        var idle = await LoadAsync(site, readers, TimeSpan.FromSeconds(Posts), _ => Task.CompletedTask);
        var windows = new List<(long From, long To)>();
        var during = await LoadAsync(site, readers, TimeSpan.FromMinutes(2), async stop =>
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
            for (var post = 0; post < Posts && await timer.WaitForNextTickAsync(); post++)
            {
                windows.Add(await DeliverAsync(site, star, redis.GetDatabase(), feeds));
            }

            await stop.CancelAsync();
        });
        Report(idle, during, windows);
        return during.Concat(idle).All(sample => sample.Succeeded) ? 0 : 1;
    }

    /// <summary>Keys of the followers' feeds, in the order in which they are delivered to.</summary>
    private static async Task<RedisKey[]> FeedsAsync(FeedSite site)
    {
        var keys = new List<RedisKey>();
        await using var command = site.Database.CreateCommand("select f.follower_id from follows f join accounts a on a.id = f.followee_id where a.username = 'star' order by f.id");
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            keys.Add((RedisKey)string.Create(CultureInfo.InvariantCulture, $"{site.RedisPrefix}feed:home:{rows.GetInt64(0)}"));
        }

        return [.. keys];
    }

    /// <summary>Every follower becomes an active reader: a set that claims nothing, as a rebuild that died would leave it, and the admin's rebuild of all.</summary>
    private static async Task<TimeSpan> BuildAsync(FeedSite site, BenchmarkOptions options, IDatabase redis, RedisKey[] feeds)
    {
        await Task.WhenAll(feeds.Select(feed => redis.SortedSetAddAsync(feed, "0:0:benchmark", -1)));
        await site.RunAdminAsync(options, "feeds", "rebuild", "--all");
        var start = Stopwatch.GetTimestamp();
        await site.SettleAsync();
        return Stopwatch.GetElapsedTime(start);
    }

    private static async Task MeasureMemoryAsync(FeedSite site, ConnectionMultiplexer redis, RedisKey[] feeds, TimeSpan built)
    {
        var database = redis.GetDatabase();
        var members = await Task.WhenAll(feeds.Select(feed => database.SortedSetLengthAsync(feed)));
        var bytes = await UsageAsync(database, feeds);
        var full = bytes.Zip(members).Where(feed => feed.Second >= 800).Select(feed => feed.First).ToArray();

        // Ids of another scale, in sets of the same make: the largest that a score holds exactly.
        var large = (RedisKey)(site.RedisPrefix + "large");
        var top = (1L << 53) - 1;
        await database.SortedSetAddAsync(large, [.. Enumerable.Range(0, 800).Select(index => new SortedSetEntry(top - (index * 9_973L), top - (index * 9_973L))), new SortedSetEntry("0:0:", -1)]);
        var largest = (await UsageAsync(database, [large]))[0];
        await database.KeyDeleteAsync(large);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {feeds.Length} feeds rebuilt by the admin command in {built.TotalSeconds:0.0} s ({built.TotalMilliseconds / feeds.Length:0.0} ms each), {full.Length} of them full (the newest 800 posts, less the one that marks the floor).

            | Redis memory of a full feed (MEMORY USAGE, samples 0) | bytes |
            |---|---|
            | ids of this data set, mean | {(full.Length > 0 ? full.Average() : double.NaN):0} |
            | largest | {full.DefaultIfEmpty().Max()} |
            | ids of 16 digits, the most a score holds exactly | {largest} |

            """));
    }

    private static async Task<long[]> UsageAsync(IDatabase redis, RedisKey[] keys) =>
        await Task.WhenAll(keys.Select(async key => (long)await redis.ExecuteAsync("MEMORY", "USAGE", key, "SAMPLES", 0)));

    /// <summary>Writes one post and waits until all sets hold it. The last in the order of delivery is watched, then all are checked.</summary>
    private static async Task<(long From, long To)> DeliverAsync(FeedSite site, AuthenticationHeaderValue star, IDatabase redis, RedisKey[] feeds)
    {
        var from = Stopwatch.GetTimestamp();
        var post = (await site.SendAsync(star, HttpMethod.Post, "/api/v1/posts", new { text = "to everybody" }))!.Value.GetProperty("id").GetString();
        while (await redis.SortedSetScoreAsync(feeds[^1], post) is null)
        {
            if (Stopwatch.GetElapsedTime(from) > TimeSpan.FromSeconds(30))
            {
                throw new InvalidOperationException("The post does not arrive.");
            }
        }

        var to = Stopwatch.GetTimestamp();
        var held = await Task.WhenAll(feeds.Select(feed => redis.SortedSetScoreAsync(feed, post)));
        return held.All(score => score is not null) ? (from, to) : throw new InvalidOperationException("Some feeds lack the post.");
    }

    private static async Task<List<Sample>> LoadAsync(FeedSite site, List<AuthenticationHeaderValue> readers, TimeSpan longest, Func<CancellationTokenSource, Task> meanwhile)
    {
        using var stop = new CancellationTokenSource(longest);
        var load = OfferedLoad.RunAsync(Rate, Next, stop.Token);
        await meanwhile(stop);
        return await load;

        // One write for two reads, far more than people do, so that both have enough samples in the moments that count.
        (string Kind, Func<Task> Send) Next(long number)
        {
            var who = readers[(int)(number % readers.Count)];
            return number % 3 == 0
                ? ("write", () => site.SendAsync(who, HttpMethod.Post, "/api/v1/posts", new { text = string.Create(CultureInfo.InvariantCulture, $"number {number}") }))
                : ("read", () => site.SendAsync(who, HttpMethod.Get, "/api/v1/feeds/home"));
        }
    }

    private static void Report(List<Sample> idle, List<Sample> during, List<(long From, long To)> windows)
    {
        var times = windows.Select(window => Stopwatch.GetElapsedTime(window.From, window.To).TotalMilliseconds).Order().ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            One post into {Followers} active feeds, from the request to the last set, ms: median {times[times.Count / 2]:0}, min {times[0]:0}, max {times[^1]:0} ({times.Count} posts).

            | {Rate:0} requests a second offered | p50 ms | p99 ms | p99 against idle | samples |
            |---|---|---|---|---|
            """));
        foreach (var kind in (string[])["read", "write"])
        {
            var (quiet, busy) = (idle.Where(sample => sample.Kind == kind).ToList(), during.Where(sample => sample.Kind == kind && windows.Any(window => sample.Due < window.To && sample.Ended > window.From)).ToList());
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {kind}, idle | {quiet.Describe()} | 1.00 | {quiet.Count} |"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {kind}, while a post is delivered | {busy.Describe()} | {busy.Percentile(0.99) / quiet.Percentile(0.99):0.00} | {busy.Count} |"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nErrors: {idle.Concat(during).Count(sample => !sample.Succeeded)}."));
    }
}
