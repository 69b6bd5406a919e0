using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Pamps.ApiService.Data;

namespace Pamps.Tests.Benchmarks;

/// <summary>The reads that people do most, as ratios to the ceiling. Ceiling and candidates take turns within each round.</summary>
internal static class FeedBenchmark
{
    private const string Password = "benchmark-2026-x9";

    private static readonly int[] Followees = [10, 100, 1_000, 9_999];

    public static async Task<int> RunAsync(BenchmarkOptions options)
    {
        if (options.Postgres.Length == 0 || options.Redis.Length == 0)
        {
            return BenchmarkOptions.Explain();
        }

        var connection = await MakeDatabaseAsync(options);
        await using var database = NpgsqlDataSource.Create(connection);
        await FeedDataset.FillAsync(database, options);
        using var ceiling = await ServerProcess.StartAsync(
            typeof(FeedBenchmark).Assembly.Location, address => ["ceiling", address.ToString()], new() { ["ASPNETCORE_ENVIRONMENT"] = "Production" }, "/");
        using var api = await ServerProcess.StartAsync(
            ApiAssembly(),
            _ => [],
            new()
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
                ["ConnectionStrings__pampsdb"] = connection,
                ["ConnectionStrings__cache"] = options.Redis,
                ["Redis__KeyPrefix"] = $"benchmark:{Guid.NewGuid():N}:",
                ["Jwt__SigningKey"] = new string('b', 64),
                ["RateLimits__Enabled"] = "false",
                ["Logging__LogLevel__Default"] = "Warning",
            },
            "/api/v1/feeds/public");
        var cells = await PrepareAsync(api.Address, database, Math.Min(Followees[^1], options.Accounts));
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

        return 0;
    }

    /// <summary>The API's own build output, beside that of this program.</summary>
    private static string ApiAssembly() => Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "Pamps.ApiService", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "Pamps.ApiService.dll"));

    private static async Task<string> MakeDatabaseAsync(BenchmarkOptions options)
    {
        const string Name = "pamps_benchmark";
        await using (var server = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(options.Postgres) { Database = "postgres" }))
        {
            foreach (var sql in (string[])[$"drop database if exists {Name} with (force)", $"create database {Name}"])
            {
                await using var command = server.CreateCommand(sql);
                await command.ExecuteNonQueryAsync();
            }
        }

        var connection = new NpgsqlConnectionStringBuilder(options.Postgres) { Database = Name }.ConnectionString;
        await using var db = new PampsDbContext(new DbContextOptionsBuilder<PampsDbContext>()
            .UseNpgsql(connection, npgsql => npgsql.MigrationsAssembly("Pamps.MigrationService")).Options);
        await db.Database.MigrateAsync();
        return connection;
    }

    private static async Task<List<Cell>> PrepareAsync(Uri api, NpgsqlDataSource database, int followeesMax)
    {
        using var http = new HttpClient { BaseAddress = api };
        var cells = new List<Cell>();
        foreach (var count in Followees.Where(count => count <= followeesMax))
        {
            var username = $"reader{count}";
            (await http.PostAsJsonAsync("/api/v1/accounts", new { username, email = $"{username}@benchmark.example", password = Password })).EnsureSuccessStatusCode();
            await FeedDataset.FollowAsync(database, username, count);
            using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "password", ["username"] = username, ["password"] = Password });
            using var answer = await http.PostAsync(new Uri("/api/v1/oauth/token", UriKind.Relative), form);
            var token = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
            cells.Add(await CheckedAsync($"home feed with like and bookmark state, {count} followees", new Uri(api, "/api/v1/feeds/home"), new() { ["Authorization"] = $"Bearer {token}" }, 20));
        }

        cells.Add(await CheckedAsync("public feed, anonymous", new Uri(api, "/api/v1/feeds/public"), [], 20));
        var deep = new Uri(api, "/api/v1/feeds/public?max_id=" + await OldestOfPageAsync(http, 99));
        cells.Add(await CheckedAsync("public feed, anonymous, page 100", deep, [], 20));
        var page = await http.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/feeds/public", UriKind.Relative));
        var post = new Uri(api, "/api/v1/posts/" + page.GetProperty("items")[0].GetProperty("id").GetString());
        cells.Add(await CheckedAsync("one post, anonymous", post, [], null));
        using var first = await http.GetAsync(new Uri("/api/v1/feeds/public", UriKind.Relative));
        cells.Add(new Cell("public feed, If-None-Match hit", new Uri(api, "/api/v1/feeds/public"), new() { ["If-None-Match"] = first.Headers.ETag!.ToString() }));
        return cells;
    }

    private static async Task<string> OldestOfPageAsync(HttpClient http, int pages)
    {
        var query = "";
        var oldest = "";
        for (var page = 0; page < pages; page++)
        {
            var answer = await http.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/feeds/public" + query, UriKind.Relative));
            var items = answer.GetProperty("items");
            oldest = items[items.GetArrayLength() - 1].GetProperty("id").GetString()!;
            query = "?max_id=" + oldest;
        }

        return oldest;
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
