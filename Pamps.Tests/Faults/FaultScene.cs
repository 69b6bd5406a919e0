using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Npgsql;
using Pamps.ApiService.Contracts;
using Pamps.ServiceDefaults;
using StackExchange.Redis;
using Xunit.Abstractions;

namespace Pamps.Tests.Faults;

/// <summary>One or more API processes on a database and keys of Redis of their own, and what tests do to them.</summary>
internal sealed class FaultScene : IAsyncDisposable
{
    private static int _scenes;

    private readonly ITestOutputHelper _output;
    private readonly ConnectionMultiplexer _redis;
    private readonly NpgsqlDataSource _source;
    private readonly TestDatabase _database;

    private FaultScene(ITestOutputHelper output, TestDatabase database, ConnectionMultiplexer redis, string prefix, IReadOnlyList<ApiProcess> api)
    {
        _output = output;
        _database = database;
        _source = NpgsqlDataSource.Create(database.ConnectionString);
        _redis = redis;
        RedisKeyPrefix = prefix;
        Api = api;
        Chance = new Chance(output);
    }

    /// <summary>The replicas.</summary>
    public IReadOnlyList<ApiProcess> Api { get; }

    /// <summary>What is random.</summary>
    public Chance Chance { get; }

    /// <summary>What every key of this scene in Redis begins with.</summary>
    public string RedisKeyPrefix { get; }

    /// <summary>What the processes have made of Redis.</summary>
    public IDatabase Redis => _redis.GetDatabase();

    /// <summary>Starts the API.</summary>
    /// <param name="output">Where seed and numbers are printed.</param>
    /// <param name="changes">Settings that differ from those of the product and of all tests.</param>
    /// <param name="replicas">How many processes.</param>
    public static async Task<FaultScene> StartAsync(ITestOutputHelper output, IEnumerable<KeyValuePair<string, string?>> changes, int replicas = 1)
    {
        var servers = await Servers.StartAsync();
        var database = await TestDatabase.CreateAsync();
        var prefix = $"{database.Name}_fault{Interlocked.Increment(ref _scenes)}:";
        var settings = new Dictionary<string, string?>
        {
            [$"ConnectionStrings:{ResourceNames.Database}"] = database.ConnectionString,
            [$"ConnectionStrings:{ResourceNames.Cache}"] = servers.Redis,
            ["Redis:KeyPrefix"] = prefix,
            ["Jwt:SigningKey"] = ApiFixture.SigningKey,
            ["RateLimits:Enabled"] = "false",
            ["Passwords:Iterations"] = "1000",
            // How long work waits after the death of who had it; the product's own patience would be that of the tests.
            ["Outbox:Lease"] = "00:00:02",
            ["Outbox:PollInterval"] = "00:00:00.200",
        };
        foreach (var (key, value) in changes)
        {
            settings[key] = value;
        }

        var api = Enumerable.Range(0, replicas).Select(_ => new ApiProcess(settings)).ToList();
        var scene = new FaultScene(output, database, await ConnectionMultiplexer.ConnectAsync(servers.Redis + ",connectTimeout=60000,syncTimeout=60000"), prefix, api);
        await Task.WhenAll(api.Select(process => process.StartAsync()));
        return scene;
    }

    /// <summary>Prints what happened, so that a run shows how much it proved.</summary>
    /// <param name="line">What.</param>
    public void Print(FormattableString line) => _output.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    /// <summary>Registers an account and signs it in.</summary>
    /// <param name="name">How its user name begins.</param>
    public async Task<TestUser> SignedInAs(string name)
    {
        var registration = new RegisterAccountRequestBuilder().Named(ApiFixture.Unique(name)).Build();
        using var http = Api[0].Connect();
        using var response = await http.PostAsJsonAsync("/api/v1/accounts", registration, Wire.Json);
        await response.ShouldBe(HttpStatusCode.Created);
        return await SignInAsync(registration.Username, registration.Password);
    }

    /// <summary>Signs an account in.</summary>
    /// <param name="username">The user name.</param>
    /// <param name="password">The password.</param>
    /// <param name="scope">What the session may do.</param>
    public async Task<TestUser> SignInAsync(string username, string password, string scope = "read write")
    {
        using var http = Api[0].Connect();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "password",
            ["username"] = username,
            ["password"] = password,
            ["scope"] = scope,
        });
        using var response = await http.PostAsync(new Uri("/api/v1/oauth/token", UriKind.Relative), form);
        var tokens = await response.ShouldBe<TokenResponse>(HttpStatusCode.OK);
        return await TestUser.CreateAsync(Api[0].Connect(tokens.AccessToken), tokens, password);
    }

    /// <summary>Reads a column of the database.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="sql">The query.</param>
    /// <param name="values">Its parameters.</param>
    public async Task<List<T>> ColumnAsync<T>(string sql, params object[] values)
    {
        await using var command = _source.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        var found = new List<T>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            found.Add(await reader.GetFieldValueAsync<T>(0));
        }

        return found;
    }

    /// <summary>Reads one number.</summary>
    /// <param name="sql">The query.</param>
    /// <param name="values">Its parameters.</param>
    public async Task<long> NumberAsync(string sql, params object[] values) => (await ColumnAsync<long>(sql, values)).Single();

    /// <summary>Changes the database behind the API's back.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="values">Its parameters.</param>
    public Task ExecuteAsync(string sql, params object[] values) => ColumnAsync<long>(sql, values);

    /// <summary>A connection of one's own.</summary>
    public ValueTask<NpgsqlConnection> OpenConnectionAsync() => _source.OpenConnectionAsync();

    /// <summary>Waits until a count has reached its end, for as long as it grows: how long that takes is the machine's affair.</summary>
    /// <param name="sql">Reads the count.</param>
    /// <param name="end">Where it ends.</param>
    public async Task ReachAsync(string sql, long end)
    {
        for (var count = await NumberAsync(sql); count < end;)
        {
            var before = count;
            count = await Eventually.Be(() => NumberAsync(sql), now => now > before);
        }
    }

    /// <summary>Waits until all side effects are done.</summary>
    public Task SettleAsync() => Eventually.Be(() => NumberAsync("select count(*) from outbox_messages"), waiting => waiting == 0);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var process in Api)
        {
            await process.DisposeAsync();
            _output.WriteLine(string.Join('\n', process.Output.Split('\n').TakeLast(60)));
        }

        foreach (var endpoint in _redis.GetEndPoints())
        {
            var keys = _redis.GetServer(endpoint).Keys(Redis.Database, RedisKeyPrefix + "*", 1000).ToArray();
            await Redis.KeyDeleteAsync(keys);
        }

        await _redis.CloseAsync(allowCommandsToComplete: false);
        _redis.Dispose();
        await _source.DisposeAsync();
        await _database.DisposeAsync();
    }
}
