using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Pamps.Tests.Benchmarks;

/// <summary>The reads that people do most, as ratios to the ceiling. Ceiling and candidates take turns within each round.</summary>
internal static class FeedBenchmark
{
    private const int DeepFollowees = 100;

    private static readonly int[] Followees = [10, 100, 1_000, 9_999];

    public static async Task<int> RunAsync(BenchmarkOptions options)
    {
        if (options.Postgres.Length == 0 || options.Redis.Length == 0)
        {
            return BenchmarkOptions.Explain();
        }

        await using var site = await FeedSite.StartAsync(options);
        using var ceiling = await ServerProcess.StartAsync(
            typeof(FeedBenchmark).Assembly.Location, address => ["ceiling", address.ToString()], new() { ["ASPNETCORE_ENVIRONMENT"] = "Production" }, "/");
        var api = site.Api;
        var cells = await PrepareAsync(site, Math.Min(Followees[^1], options.Accounts));
        var ratios = cells.ToDictionary(cell => cell.Name, _ => new List<double>());
        var processor = cells.ToDictionary(cell => cell.Name, _ => new List<double>());
        var load = new LoadTool(options);
        for (var round = 0; round <= options.Rounds; round++)
        {
            var top = await load.MeasureAsync(ceiling.Address, new Dictionary<string, string>());
            foreach (var cell in cells)
            {
                var before = api.ProcessorTime;
                var rate = await load.MeasureAsync(cell.Address, cell.Headers);

                // The first round only warms up.
                if (round > 0)
                {
                    ratios[cell.Name].Add(rate / top);
                    processor[cell.Name].Add((api.ProcessorTime - before).TotalMicroseconds / (rate * options.Seconds));
                }
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{options.Accounts} accounts, {options.Posts} posts, {options.Follows} follows; {options.Rounds} rounds of {options.Seconds} s, {options.Connections} connections, {load.Name}; API {api.MegabytesResident} MB resident at the end.\n"));
        Console.WriteLine("| read | ratio, median | min | max | API CPU µs per answer, median |\n|---|---|---|---|---|");
        foreach (var cell in cells)
        {
            var sorted = ratios[cell.Name].Order().ToList();
            var micros = processor[cell.Name].Order().ToList();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {cell.Name} | {sorted[sorted.Count / 2]:0.00} | {sorted[0]:0.00} | {sorted[^1]:0.00} | {micros[micros.Count / 2]:0} |"));
        }

        // Page by page against page 1, round by round: both were measured within seconds of each other.
        Console.WriteLine("\n| page | cost against page 1 of the same feed, median |\n|---|---|");
        foreach (var (deep, top) in cells.Where(cell => cell.Name.Contains(", page ", StringComparison.Ordinal))
            .Select(cell => (cell, cells.First(other => cell.Headers.Count == other.Headers.Count && cell.Headers.All(other.Headers.Contains)))))
        {
            var costs = ratios[top.Name].Zip(ratios[deep.Name], (one, other) => one / other).Order().ToList();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {deep.Name} | {costs[costs.Count / 2]:0.00} |"));
        }

        Console.WriteLine("\n" + await ScrollAsync(site));
        return 0;
    }

    private static async Task<List<Cell>> PrepareAsync(FeedSite site, int followeesMax)
    {
        var api = site.Address;
        var cells = new List<Cell>();
        foreach (var count in Followees.Where(count => count <= followeesMax))
        {
            var who = await site.SignInAsync($"reader{count}");
            await FeedDataset.FollowAsync(site.Database, $"reader{count}", count);
            Dictionary<string, string> headers = new() { ["Authorization"] = who.ToString() };
            cells.Add(await CheckedAsync($"home feed with like and bookmark state, {count} followees", new Uri(api, "/api/v1/feeds/home"), headers, 20));
            if (count == DeepFollowees)
            {
                // 20 posts a page: page 100 lies below the window of 800.
                foreach (var page in (int[])[2, 30, 100])
                {
                    var place = new Uri(api, "/api/v1/feeds/home?max_id=" + await OldestOfPageAsync(site, who, "/api/v1/feeds/home", page - 1));
                    cells.Add(await CheckedAsync($"home feed, {count} followees, page {page}", place, headers, 20));
                }
            }
        }

        cells.Add(await CheckedAsync("public feed, anonymous", new Uri(api, "/api/v1/feeds/public"), [], 20));
        var deep = new Uri(api, "/api/v1/feeds/public?max_id=" + await OldestOfPageAsync(site, null, "/api/v1/feeds/public", 99));
        cells.Add(await CheckedAsync("public feed, anonymous, page 100", deep, [], 20));
        var newest = await site.SendAsync(null, HttpMethod.Get, "/api/v1/feeds/public");
        var post = new Uri(api, "/api/v1/posts/" + newest!.Value.GetProperty("items")[0].GetProperty("id").GetString());
        cells.Add(await CheckedAsync("one post, anonymous", post, [], null));
        using var first = await site.Http.GetAsync(new Uri("/api/v1/feeds/public", UriKind.Relative));
        cells.Add(new Cell("public feed, If-None-Match hit", new Uri(api, "/api/v1/feeds/public"), new() { ["If-None-Match"] = first.Headers.ETag!.ToString() }));
        return cells;
    }

    private static async Task<string> OldestOfPageAsync(FeedSite site, AuthenticationHeaderValue? who, string path, int pages)
    {
        var query = "";
        var oldest = "";
        for (var page = 0; page < pages; page++)
        {
            var items = (await site.SendAsync(who, HttpMethod.Get, path + query))!.Value.GetProperty("items");
            oldest = items[items.GetArrayLength() - 1].GetProperty("id").GetString()!;
            query = "?max_id=" + oldest;
        }

        return oldest;
    }

    /// <summary>What scrolling costs whose pages nobody read before: each page once, in order, by one reader after the other.</summary>
    private static async Task<string> ScrollAsync(FeedSite site)
    {
        var taken = new Dictionary<int, List<double>>();
        for (var reader = 0; reader < 20; reader++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"scroller{reader}");
            var who = await site.SignInAsync(name);
            await FeedDataset.FollowAsync(site.Database, name, DeepFollowees);
            var query = "";
            for (var page = 1; page <= 100; page++)
            {
                var start = Stopwatch.GetTimestamp();
                var items = (await site.SendAsync(who, HttpMethod.Get, "/api/v1/feeds/home" + query))!.Value.GetProperty("items");
                (taken.TryGetValue((page - 1) / 5, out var bucket) ? bucket : taken[(page - 1) / 5] = []).Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                query = "?max_id=" + items[items.GetArrayLength() - 1].GetProperty("id").GetString();
            }
        }

        var (first, last) = (taken[0].Average(), taken[19].Average());
        return string.Create(CultureInfo.InvariantCulture, $"Scrolling down a home feed that nobody has read before, {DeepFollowees} followees, ms a page, mean of 20 readers: pages 1 to 5 {first:0.0}, pages 96 to 100 {last:0.0}, ratio {last / first:0.00}.");
    }

    /// <summary>A read that was looked at before it is measured: a fast wrong answer is worth nothing.</summary>
    private static async Task<Cell> CheckedAsync(string name, Uri address, Dictionary<string, string> headers, int? items)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (headers.TryGetValue("Authorization", out var authorization))
        {
            request.Headers.Authorization = AuthenticationHeaderValue.Parse(authorization);
        }

        using var response = await http.SendAsync(request);
        var body = await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        if (items is { } count && body.GetProperty("items").GetArrayLength() != count)
        {
            throw new InvalidOperationException($"{name}: expected {count} posts.");
        }

        return new Cell(name, address, headers);
    }

    private sealed record Cell(string Name, Uri Address, Dictionary<string, string> Headers);
}
