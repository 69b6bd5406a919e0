using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Pamps.ApiService.Data;

namespace Pamps.Tests.Benchmarks;

/// <summary>What the site costs those who visit it and the machine that serves it, each figure beside its goal.</summary>
internal static class SiteBenchmark
{
    private const string Reader = "reader";
    private const int ColdLoads = 7;
    private const int PhoneSlowdown = 4;
    private const int Scrolled = 1_000;
    private const int ScrolledTimes = 3;
    private const int WarmUpRounds = 5;

    private static readonly Uri StaticPage = new("/about", UriKind.Relative);

    public static async Task<int> RunAsync(BenchmarkOptions options)
    {
        if (options.Postgres.Length == 0 || options.Redis.Length == 0)
        {
            return BenchmarkOptions.Explain();
        }

        options = options with { Accounts = 300, Posts = 6_000, Follows = 6_000 };
        var connection = await MakeDatabaseAsync(options);
        await using var database = NpgsqlDataSource.Create(connection);
        await FeedDataset.FillAsync(database, options);
        await EnrichAsync(database);
        using var servers = await SiteServers.StartAsync(connection, options.Redis);
        await RegisterAsync(servers.Api.Address, database);
        await using var browser = await SiteBrowser.LaunchAsync(servers.Secure);
        var cookie = await browser.SignInAsync(Reader);

        Console.WriteLine($"The published site, Chromium {browser.Version}; home feed of {Reader}, who follows 200 accounts. Times of {ColdLoads} loads without a cache.\n");
        Console.WriteLine("| figure | measured | min–max | goal |\n|---|---|---|---|");
        if (options.Rounds > 0)
        {
            await MeasureLoadsAsync(browser);
            await MeasureRatesAsync(servers, cookie, options);
        }

        await MeasureMemoryAsync(browser);
        return 0;
    }

    private static async Task MeasureLoadsAsync(SiteBrowser browser)
    {
        // The first load warms the servers up.
        await browser.LoadAsync(1);
        var loads = new List<SiteBrowser.Load>();
        var phone = new List<SiteBrowser.Load>();
        for (var round = 0; round < ColdLoads; round++)
        {
            loads.Add(await browser.LoadAsync(1));
            phone.Add(await browser.LoadAsync(PhoneSlowdown));
        }

        if (loads.Any(load => load.Posts != 20))
        {
            throw new InvalidOperationException("The home page has not its twenty posts.");
        }

        Row("HTML of the home page, KB", loads.Select(load => load.Html / 1000), "0.0", "< 60");
        Row("the same compressed, KB", loads.Select(load => load.Compressed / 1000), "0.0", "");
        Row("all CSS and JS, compressed, KB", loads.Select(load => load.Code / 1000), "0.0", "< 60");
        Row("requests", loads.Select(load => (double)load.Requests), "0", "");
        Row("of them to other hosts", loads.Concat(phone).Select(load => (double)load.Foreign), "0", "0");
        Row("first byte, ms", loads.Select(load => load.FirstByte), "0", "");
        Row("largest contentful paint, ms", loads.Select(load => load.Paint), "0", "< 1000");
        Row($"the same, processor {PhoneSlowdown}× slower, ms", phone.Select(load => load.Paint), "0", "");
        Row("cumulative layout shift", loads.Concat(phone).Select(load => load.Shift), "0.000", "< 0.02");
    }

    private static async Task MeasureRatesAsync(SiteServers servers, string cookie, BenchmarkOptions options)
    {
        var load = new LoadTool(options);
        var stranger = new Dictionary<string, string> { ["X-Forwarded-Proto"] = "https", ["Accept-Encoding"] = "gzip, br", ["Accept-Language"] = "en" };
        var member = new Dictionary<string, string>(stranger) { ["Cookie"] = cookie };
        await CheckAsync(servers.Site.Address, member);
        var page = new Uri(servers.Site.Address, StaticPage);
        var ceilings = new List<double>();
        var homes = new List<double>();
        var landings = new List<double>();
        var processor = new List<double>();

        // The compiler goes on optimising for a while under load, and the home feed has the most code to optimise.
        for (var warm = 0; warm < WarmUpRounds; warm++)
        {
            await load.MeasureAsync(servers.Site.Address, member);
            await load.MeasureAsync(page, stranger);
        }

        for (var round = 0; round < options.Rounds; round++)
        {
            var ceiling = await load.MeasureAsync(page, stranger);
            var before = servers.Site.ProcessorTime;
            var home = await load.MeasureAsync(servers.Site.Address, member);
            var spent = servers.Site.ProcessorTime - before;
            var landing = await load.MeasureAsync(servers.Site.Address, stranger);

            ceilings.Add(ceiling);
            homes.Add(home / ceiling);
            landings.Add(landing / ceiling);
            processor.Add(spent.TotalMicroseconds / (home * options.Seconds));
        }

        Row($"static page ({StaticPage}), answers/s with {load.Name}, {options.Connections} connections", ceilings, "0", "");
        Row("home feed, signed in, against the static page", homes, "0.00", "≥ 0.15");
        Row("home page of strangers, against the static page", landings, "0.00", "");
        Row("processor of the site per home feed, µs", processor, "0", "");
    }

    /// <summary>Forty posts a second, faster than anybody reads, and as fast as the list loads, in turns.</summary>
    private static async Task MeasureMemoryAsync(SiteBrowser browser)
    {
        var (brisk, hectic) = (new List<SiteBrowser.Scroll>(), new List<SiteBrowser.Scroll>());
        for (var time = 0; time < ScrolledTimes; time++)
        {
            foreach (var (scrolls, step) in new[] { (brisk, TimeSpan.FromMilliseconds(500)), (hectic, TimeSpan.FromMilliseconds(100)) })
            {
                scrolls.Add(await browser.ScrollAsync(Scrolled, step));
                if (scrolls[^1].Posts < Scrolled)
                {
                    throw new InvalidOperationException($"Only {scrolls[^1].Posts} posts were reached.");
                }
            }
        }

        Row($"tab after {Scrolled} posts on {brisk[0].Pages} pages, twenty each half second, private memory of its process at most, MB", brisk.Select(scroll => scroll.Most), "0", "< 150");
        Row("the same before the first post, MB", brisk.Select(scroll => scroll.Before), "0", "");
        Row("heap of scripts at the end, MB", brisk.Select(scroll => scroll.Scripts), "0.0", "");
        Row("nodes of documents at the end", brisk.Select(scroll => (double)scroll.Nodes), "0", "");
        Row("tab at most when twenty each tenth of a second are asked for, MB", hectic.Select(scroll => scroll.Most), "0", "< 150");
    }

    private static void Row(string what, IEnumerable<double> values, string format, string goal)
    {
        var sorted = values.Order().ToList();
        string Text(double value) => value.ToString(format, CultureInfo.InvariantCulture);
        var range = sorted.Count > 1 ? $"{Text(sorted[0])}–{Text(sorted[^1])}" : "";
        Console.WriteLine($"| {what} | {Text(sorted[sorted.Count / 2])} | {range} | {goal} |");
    }

    /// <summary>A rate is worth nothing when the page is not the home feed.</summary>
    private static async Task CheckAsync(Uri site, Dictionary<string, string> headers)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, site);
        foreach (var (name, value) in headers.Where(header => header.Key != "Accept-Encoding"))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await http.SendAsync(request);
        var body = await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
        if (body.Split("<article").Length != 21 || !body.Contains("data-feed=\"home\"", StringComparison.Ordinal))
        {
            throw new InvalidOperationException("The home page is not the home feed.");
        }
    }

    /// <summary>Texts as people write them: with tags, mentions and links, some liked and answered.</summary>
    private static async Task EnrichAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("""
            update posts set
                text = text || case id % 4 when 0 then ' #pamps' when 1 then ' https://example.org/articles/' || id when 2 then ' @account' || (id % 50 + 1) else '' end,
                tags = case id % 4 when 0 then '{pamps}'::text[] else '{}' end,
                mention_names = case id % 4 when 2 then array['account' || (id % 50 + 1)] else '{}' end,
                like_count = id % 23, reply_count = id % 5
            """);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task RegisterAsync(Uri api, NpgsqlDataSource database)
    {
        using var http = new HttpClient { BaseAddress = api };
        http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var answer = await http.PostAsJsonAsync("/api/v1/accounts", new { username = Reader, email = $"{Reader}@benchmark.example", password = SiteBrowser.Password });
        answer.EnsureSuccessStatusCode();
        await FeedDataset.FollowAsync(database, Reader, 200);
    }

    private static async Task<string> MakeDatabaseAsync(BenchmarkOptions options)
    {
        const string Name = "pamps_benchmark_site";
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
}
