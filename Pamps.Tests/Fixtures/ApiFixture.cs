using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ServiceDefaults;
using StackExchange.Redis;

namespace Pamps.Tests.Fixtures;

/// <summary>
/// The API of one test class: its own database, its own keys in Redis, its own port. Take it as
/// <c>IClassFixture&lt;ApiFixture&gt;</c>; a class that needs other settings derives from it and overrides
/// <see cref="Configure"/>.
/// </summary>
public class ApiFixture : IAsyncLifetime
{
    /// <summary>What signs access tokens in tests.</summary>
    public const string SigningKey = "the signing key of tests, which signs nothing elsewhere";

    private static int _fixtures;
    private static int _names;

    private readonly ApiSettings _settings = new();
    private readonly List<ApiServer> _servers = [];
    private TestDatabase? _database;
    private Servers? _shared;
    private (NetworkGate? Redis, NetworkGate? Postgres) _gates;

    /// <summary>Whom the API may call; nobody until registered.</summary>
    public OutgoingHttp Outgoing { get; } = new();

    /// <summary>What the API logged; with replicas, the first one.</summary>
    public RecordedLog Log => Server.Log;

    /// <summary>A client of somebody who is not signed in.</summary>
    public HttpClient Anonymous => field ??= Server.Connect();

    /// <summary>The services of the API, for what HTTP cannot show.</summary>
    public IServiceProvider Services => Server.Services;

    /// <summary>The clock, when <see cref="Configure"/> chose a manual one.</summary>
    public ManualTimeProvider Clock =>
        _settings.Clock as ManualTimeProvider ?? throw new InvalidOperationException("Set a ManualTimeProvider in Configure first.");

    /// <summary>What every key of this class in Redis begins with.</summary>
    public string RedisKeyPrefix => _settings["Redis:KeyPrefix"]!;

    /// <summary>The way to Redis, to be cut and frozen, when <see cref="Configure"/> asked for it.</summary>
    public NetworkGate RedisGate => _gates.Redis ?? throw new InvalidOperationException("Set GateRedis in Configure first.");

    /// <summary>The way to Postgres, to be cut and frozen, when <see cref="Configure"/> asked for it.</summary>
    public NetworkGate PostgresGate => _gates.Postgres ?? throw new InvalidOperationException("Set GatePostgres in Configure first.");

    internal ApiServer Server => _servers.Count > 0 ? _servers[0] : throw new InvalidOperationException("The API is not running.");

    internal TestDatabase Database => _database!;

    /// <summary>A user name that nobody else has.</summary>
    /// <param name="name">How it begins.</param>
    public static string Unique(string name) => $"{name}_{Interlocked.Increment(ref _names)}";

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        _shared = await Servers.StartAsync();
        _database = await TestDatabase.CreateAsync();
        _settings[$"ConnectionStrings:{ResourceNames.Database}"] = _database.ConnectionString;
        _settings[$"ConnectionStrings:{ResourceNames.Cache}"] = _shared.Redis;
        _settings["Redis:KeyPrefix"] = $"{_database.Name}_{Interlocked.Increment(ref _fixtures)}:";
        _settings["Jwt:SigningKey"] = SigningKey;
        _settings["RateLimits:Enabled"] = "false";
        // Hashing is slow on purpose; hundreds of sign-ups per run need not be.
        _settings["Passwords:Iterations"] = "1000";
        Configure(_settings);
        PutGates();
        _servers.Add(ApiServer.Start(_settings, Outgoing));
    }

    /// <inheritdoc />
    public async Task DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        if (_database is not null)
        {
            await ForgetRedisAsync();
            await _database.DisposeAsync();
        }

        await (_gates.Redis?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_gates.Postgres?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    /// <summary>Registers an account and signs it in.</summary>
    /// <param name="name">How its user name begins; a number is added, so that every call is a new person.</param>
    public Task<TestUser> SignedInAs(string name) => SignedInAs(new RegisterAccountRequestBuilder().Named(Unique(name)).Build());

    /// <summary>Registers an account and signs it in.</summary>
    /// <param name="registration">Its registration.</param>
    public async Task<TestUser> SignedInAs(RegisterAccountRequest registration)
    {
        ArgumentNullException.ThrowIfNull(registration);

        using var response = await Anonymous.PostAsJsonAsync("/api/v1/accounts", registration, Wire.Json);
        await response.ShouldBe(HttpStatusCode.Created);
        return await SignIn(registration.Username, registration.Password);
    }

    /// <summary>Signs an existing account in: a new session of its own.</summary>
    /// <param name="username">User name or e-mail address.</param>
    /// <param name="password">The password.</param>
    public async Task<TestUser> SignIn(string username, string password)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "password",
            ["username"] = username,
            ["password"] = password,
        });
        using var response = await Anonymous.PostAsync(new Uri("/api/v1/oauth/token", UriKind.Relative), form);
        var tokens = await response.ShouldBe<TokenResponse>(HttpStatusCode.OK);
        return await TestUser.CreateAsync(Server, tokens, password);
    }

    /// <summary>Starts another API on the same database and Redis, as a second replica would run.</summary>
    /// <returns>Its anonymous client; <see cref="TestUser.On"/> takes a user there.</returns>
    public HttpClient StartReplica()
    {
        var replica = ApiServer.Start(_settings, Outgoing);
        _servers.Add(replica);
        return replica.Connect();
    }

    /// <summary>Stops the API and starts it again on the same database and Redis; tokens stay valid, clients do not.</summary>
    public async Task RestartAsync()
    {
        await Server.DisposeAsync();
        _servers[0] = ApiServer.Start(_settings, Outgoing);
    }

    /// <summary>Deletes every key of this class: what <c>FLUSHALL</c> would do if the class were alone.</summary>
    public async Task ForgetRedisAsync()
    {
        var options = ConfigurationOptions.Parse(_shared!.Redis);
        options.AllowAdmin = true;

        // A busy machine is no reason to fail: the time is only used up when Redis is gone.
        options.SyncTimeout = options.ConnectTimeout = (int)Eventually.Limit.TotalMilliseconds;
        using var redis = await ConnectionMultiplexer.ConnectAsync(options);
        foreach (var endpoint in redis.GetEndPoints())
        {
            var keys = redis.GetServer(endpoint).Keys(redis.GetDatabase().Database, RedisKeyPrefix + "*", 1000).ToArray();
            await redis.GetDatabase().KeyDeleteAsync(keys);
        }

        // A polite goodbye may wait as long as any command for an answer that does not come: once for each class, that was most of the run.
        await redis.CloseAsync(allowCommandsToComplete: false);
    }

    /// <summary>Settings of a derived fixture.</summary>
    /// <param name="settings">What to change.</param>
    protected virtual void Configure(ApiSettings settings)
    {
    }

    private void PutGates()
    {
        if (_settings.GateRedis)
        {
            var redis = ConfigurationOptions.Parse(_shared!.Redis);
            var (host, port) = redis.EndPoints.Single() switch
            {
                DnsEndPoint name => (name.Host, name.Port),
                IPEndPoint address => (address.Address.ToString(), address.Port),
                var other => throw new NotSupportedException(other.ToString()),
            };
            _gates.Redis = new NetworkGate(host, port);
            redis.EndPoints.Clear();
            redis.EndPoints.Add("127.0.0.1", _gates.Redis.Port);
            _settings[$"ConnectionStrings:{ResourceNames.Cache}"] = redis.ToString();
        }

        if (_settings.GatePostgres)
        {
            var postgres = new NpgsqlConnectionStringBuilder(_database!.ConnectionString);
            _gates.Postgres = new NetworkGate(postgres.Host!, postgres.Port);
            (postgres.Host, postgres.Port) = ("127.0.0.1", _gates.Postgres.Port);
            _settings[$"ConnectionStrings:{ResourceNames.Database}"] = postgres.ConnectionString;
        }
    }

    /// <summary>Reads or changes the database behind the API's back; arrange through HTTP where that is possible.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="work">What to do.</param>
    internal async Task<T> WithDatabase<T>(Func<PampsDbContext, Task<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<PampsDbContext>());
    }
}
