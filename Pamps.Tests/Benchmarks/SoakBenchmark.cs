using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Reflection;
using Pamps.ApiService.Data;

namespace Pamps.Tests.Benchmarks;

/// <summary>A mixed load for minutes: answers must stay as fast as they were, and memory must not grow.</summary>
internal static class SoakBenchmark
{
    private const double Rate = 200;
    private const int Readers = 200;
    private const int Streams = 20;

    public static async Task<int> RunAsync(BenchmarkOptions options)
    {
        if (options.Postgres.Length == 0 || options.Redis.Length == 0)
        {
            return BenchmarkOptions.Explain();
        }

        var gcFile = Path.GetTempFileName();
        await using var site = await FeedSite.StartAsync(options, gcFile);
        var readers = new List<AuthenticationHeaderValue>();
        for (var reader = 0; reader < Readers; reader++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"reader{reader}");
            readers.Add(await site.SignInAsync(name));
            await FeedDataset.FollowAsync(site.Database, name, 60);
        }

        // Copies in memory are bounded; they are filled first, so that what grows afterwards grows without bound.
        await WarmAsync(site, options);
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(options.Minutes));
        var streams = Enumerable.Range(0, Streams).Select(index => ListenAsync(site, readers[index], stop.Token)).ToList();
        var begin = Stopwatch.GetTimestamp();
        var memory = WatchAsync(site, gcFile, stop.Token);
        var samples = await OfferedLoad.RunAsync(Rate, number => Next(site, readers, options, number), stop.Token);
        await Task.WhenAll(streams);
        Report(options, samples, begin, await memory);
        File.Delete(gcFile);
        return samples.All(sample => sample.Succeeded) ? 0 : 1;
    }

    /// <summary>Runs the API in this process and writes the size of its heap every second: nothing of that is in the product.</summary>
    public static async Task<int> HostAsync(string gcFile)
    {
        await using var timer = new Timer(
            _ => File.WriteAllText(gcFile, string.Create(CultureInfo.InvariantCulture, $"{GC.GetGCMemoryInfo(GCKind.Any).HeapSizeBytes >> 20} {GC.CollectionCount(2)}")),
            null, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        return (int?)typeof(PampsDbContext).Assembly.EntryPoint!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [Array.Empty<string>()], null) ?? 0;
    }

    private static async Task WarmAsync(FeedSite site, BenchmarkOptions options)
    {
        var newest = options.Posts;
        await Parallel.ForEachAsync(Enumerable.Range(0, Math.Min(60_000, newest)), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (index, _) =>
            await site.SendAsync(null, HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"/api/v1/posts/{newest - index}")));
    }

    private static (string Kind, Func<Task> Send) Next(FeedSite site, List<AuthenticationHeaderValue> readers, BenchmarkOptions options, long number)
    {
        var who = readers[(int)(number * 7 % readers.Count)];
        var somebody = string.Create(CultureInfo.InvariantCulture, $"account{(number * 31 % options.Accounts) + 1}");
        var post = (number * 7_919 % options.Posts) + 1;
        return (number % 20) switch
        {
            < 8 => ("home feed", () => site.SendAsync(who, HttpMethod.Get, "/api/v1/feeds/home")),
            8 => ("home feed, deep", () => site.SendAsync(who, HttpMethod.Get, $"/api/v1/feeds/home?max_id={post}")),
            9 or 10 => ("public feed", () => site.SendAsync(null, HttpMethod.Get, "/api/v1/feeds/public")),
            11 or 12 => ("one post", () => site.SendAsync(who, HttpMethod.Get, $"/api/v1/posts/{post}")),
            13 => ("account", () => site.SendAsync(who, HttpMethod.Get, $"/api/v1/accounts/{somebody}/posts")),
            14 => ("notifications", () => site.SendAsync(who, HttpMethod.Get, "/api/v1/notifications")),
            15 => ("search", () => site.SendAsync(who, HttpMethod.Get, $"/api/v1/search?q={post}&type=posts")),
            16 => ("write", () => site.SendAsync(who, HttpMethod.Post, "/api/v1/posts", new { text = $"soak {number} #soak" })),
            17 => ("write", () => site.SendAsync(who, HttpMethod.Put, $"/api/v1/posts/{post}/like")),
            18 => ("write", () => site.SendAsync(who, HttpMethod.Put, $"/api/v1/accounts/{somebody}/follow")),
            _ => ("write", () => site.SendAsync(who, HttpMethod.Delete, $"/api/v1/accounts/{somebody}/follow")),
        };
    }

    /// <summary>Somebody with an open stream, who leaves after a while and comes back.</summary>
    private static async Task ListenAsync(FeedSite site, AuthenticationHeaderValue who, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/stream?topics=home,public,notifications");
                request.Headers.Authorization = who;
                using var response = await site.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
                using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
                for (var line = 0; line < 1_000 && await reader.ReadLineAsync(cancellationToken) is not null; line++)
                {
                    // What is in it does not matter here.
                }
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException or HttpRequestException)
            {
                // The time is over, or the server has dropped the stream: the loop tells.
            }
        }
    }

    private static async Task<List<(TimeSpan At, long Resident, string Heap)>> WatchAsync(FeedSite site, string gcFile, CancellationToken cancellationToken)
    {
        var seen = new List<(TimeSpan, long, string)>();
        var begin = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(30));
        try
        {
            while (true)
            {
                seen.Add((Stopwatch.GetElapsedTime(begin), site.Api.MegabytesResident, await File.ReadAllTextAsync(gcFile, CancellationToken.None)));
                await timer.WaitForNextTickAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            seen.Add((Stopwatch.GetElapsedTime(begin), site.Api.MegabytesResident, await File.ReadAllTextAsync(gcFile, CancellationToken.None)));
            return seen;
        }
    }

    private static void Report(BenchmarkOptions options, List<Sample> samples, long begin, List<(TimeSpan At, long Resident, string Heap)> memory)
    {
        // The first minute and the last; of a short run the first and the last quarter.
        var part = TimeSpan.FromMinutes(Math.Min(1, options.Minutes / 4));
        var end = TimeSpan.FromMinutes(options.Minutes) - part;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{options.Minutes:0.#} minutes, {Rate:0} requests a second offered, {Streams} open streams; {samples.Count} requests, {samples.Count(sample => !sample.Succeeded)} errors. First and last {part.TotalSeconds:0} s:\n"));
        Console.WriteLine("| request | first p50 ms | p99 | last p50 ms | p99 |\n|---|---|---|---|---|");
        foreach (var kind in samples.GroupBy(sample => sample.Kind).OrderBy(kind => kind.Key, StringComparer.Ordinal))
        {
            var first = kind.Where(sample => Stopwatch.GetElapsedTime(begin, sample.Due) < part).ToList();
            var last = kind.Where(sample => Stopwatch.GetElapsedTime(begin, sample.Due) >= end).ToList();
            Console.WriteLine($"| {kind.Key} | {first.Describe()} | {last.Describe()} |");
        }

        Console.WriteLine("\n| after | resident MB | GC heap MB, full collections |\n|---|---|---|");
        foreach (var (at, resident, heap) in memory)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {at.TotalMinutes:0.0} min | {resident} | {heap} |"));
        }
    }
}
