using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Pamps.ApiService.Data;

namespace Pamps.Tests.Benchmarks;

/// <summary>The API as a process of its own on a database full of people, and readers who are signed in.</summary>
internal sealed class FeedSite : IAsyncDisposable
{
    private const string Password = "benchmark-2026-x9";

    private readonly ServerProcess _api;

    private FeedSite(ServerProcess api, NpgsqlDataSource database, string redisPrefix)
    {
        (_api, Database, RedisPrefix) = (api, database, redisPrefix);
        Http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 256 }) { BaseAddress = api.Address, Timeout = TimeSpan.FromMinutes(1) };
    }

    public ServerProcess Api => _api;

    public Uri Address => _api.Address;

    /// <summary>A client of nobody.</summary>
    public HttpClient Http { get; }

    public NpgsqlDataSource Database { get; }

    /// <summary>What every key of this run begins with.</summary>
    public string RedisPrefix { get; }

    /// <summary>Makes the data and starts the API on it.</summary>
    /// <param name="options">The command line.</param>
    /// <param name="gcFile">Where the API is to write the size of its heap every second; nowhere when null.</param>
    public static async Task<FeedSite> StartAsync(BenchmarkOptions options, string? gcFile = null)
    {
        var connection = await MakeDatabaseAsync(options);
        var database = NpgsqlDataSource.Create(connection);
        await FeedDataset.FillAsync(database, options);
        var prefix = $"benchmark:{Guid.NewGuid():N}:";
        var api = await ServerProcess.StartAsync(
            gcFile is null ? ApiAssembly() : typeof(FeedSite).Assembly.Location,
            _ => gcFile is null ? [] : ["api", gcFile],
            new()
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
                ["ConnectionStrings__pampsdb"] = connection,
                ["ConnectionStrings__cache"] = options.Redis,
                ["Redis__KeyPrefix"] = prefix,
                ["Jwt__SigningKey"] = new string('b', 64),
                ["Jwt__AccessTokenLifetime"] = "12:00:00",
                ["Passwords__Iterations"] = "1000",
                ["RateLimits__Enabled"] = "false",
                ["Logging__LogLevel__Default"] = "Warning",
            },
            "/api/v1/feeds/public");
        return new FeedSite(api, database, prefix);
    }

    /// <summary>Registers somebody and signs them in; the header of their requests.</summary>
    public async Task<AuthenticationHeaderValue> SignInAsync(string username)
    {
        using var registered = await Http.PostAsJsonAsync("/api/v1/accounts", new { username, email = $"{username}@benchmark.example", password = Password });
        registered.EnsureSuccessStatusCode();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "password", ["username"] = username, ["password"] = Password });
        using var answer = await Http.PostAsync(new Uri("/api/v1/oauth/token", UriKind.Relative), form);
        var tokens = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        return new AuthenticationHeaderValue("Bearer", tokens.GetProperty("access_token").GetString());
    }

    /// <summary>Sends a request of somebody; the answer must be a success.</summary>
    public async Task<JsonElement?> SendAsync(AuthenticationHeaderValue? who, HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = who;
        using var response = await Http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        var bytes = await response.Content.ReadAsByteArrayAsync();
        return bytes.Length == 0 ? null : JsonSerializer.Deserialize<JsonElement>(bytes);
    }

    /// <summary>One number of the database.</summary>
    public async Task<long> CountAsync(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    /// <summary>Waits until nothing is left in the outbox.</summary>
    public async Task SettleAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await CountAsync("select count(*) from outbox_messages where dead_at is null") > 0)
        {
            await timer.WaitForNextTickAsync();
        }
    }

    /// <summary>Runs an admin command of the API.</summary>
    public Task RunAdminAsync(BenchmarkOptions options, params string[] command) => ServerProcess.RunAsync(
        ApiAssembly(),
        ["admin", .. command],
        new()
        {
            ["ConnectionStrings__pampsdb"] = Database.ConnectionString + $";Password={new NpgsqlConnectionStringBuilder(options.Postgres).Password}",
            ["ConnectionStrings__cache"] = options.Redis,
            ["Redis__KeyPrefix"] = RedisPrefix,
            ["Jwt__SigningKey"] = new string('b', 64),
        });

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _api.Dispose();
        await Database.DisposeAsync();
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
}
