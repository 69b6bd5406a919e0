using Npgsql;
using Pamps.MigrationService;
using Pamps.ServiceDefaults;

namespace Pamps.Tests.Fixtures;

/// <summary>
/// A database of one test class. The first one migrates a template; every further one is a copy of it, made by Postgres
/// in a fraction of a second. The template is used by nobody else: Postgres copies only what nobody is connected to.
/// </summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    // Several runs may share a server, and a clone that a killed run left behind must not be in the way.
    private static readonly string RunName = $"pamps_test_{Environment.ProcessId}";
    private static readonly Lazy<Task<NpgsqlConnectionStringBuilder>> Template = new(MigrateTemplateAsync);
    private static int _count;

    private readonly NpgsqlConnectionStringBuilder _server;

    private TestDatabase(NpgsqlConnectionStringBuilder server, string name)
    {
        _server = server;
        Name = name;
        // Many classes run side by side on one server, whose connections are limited.
        ConnectionString = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = name, MaxPoolSize = 12 }.ConnectionString;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>How the API reaches it.</summary>
    public string ConnectionString { get; }

    /// <summary>Makes a fresh, migrated and empty database.</summary>
    public static async Task<TestDatabase> CreateAsync()
    {
        var server = await Template.Value;
        var name = $"{RunName}_{Interlocked.Increment(ref _count)}";
        await ExecuteAsync(server, $"CREATE DATABASE {name} TEMPLATE {RunName}_template");
        return new TestDatabase(server, name);
    }

    /// <summary>Makes a database without anything in it, for tests of the migrations themselves.</summary>
    public static async Task<TestDatabase> CreateEmptyAsync()
    {
        var server = await Template.Value;
        var name = $"{RunName}_{Interlocked.Increment(ref _count)}";
        await ExecuteAsync(server, $"CREATE DATABASE {name}");
        return new TestDatabase(server, name);
    }

    /// <summary>
    /// A digest of every row of every table: two equal ones mean that nothing changed in between.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, string>> DigestAsync()
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        var tables = new List<string>();
        await using (var list = new NpgsqlCommand("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1", connection))
        await using (var reader = await list.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                tables.Add(reader.GetString(0));
            }
        }

        var digest = new Dictionary<string, string>();
        foreach (var table in tables)
        {
            await using var command = new NpgsqlCommand(
                $"""SELECT count(*) || ' rows, ' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM "{table}" t""", connection);
            digest[table] = (string)(await command.ExecuteScalarAsync())!;
        }

        return digest;
    }

    /// <summary>Runs a statement that the API offers no way to do.</summary>
    /// <param name="sql">The statement.</param>
    public async Task<int> ExecuteAsync(string sql) => await ExecuteAsync(new NpgsqlConnectionStringBuilder(ConnectionString), sql);

    public async ValueTask DisposeAsync()
    {
        await using (var connection = new NpgsqlConnection(ConnectionString))
        {
            NpgsqlConnection.ClearPool(connection);
        }

        await ExecuteAsync(_server, $"DROP DATABASE IF EXISTS {Name} WITH (FORCE)");
    }

    private static async Task<NpgsqlConnectionStringBuilder> MigrateTemplateAsync()
    {
        var server = new NpgsqlConnectionStringBuilder((await Servers.StartAsync()).Postgres) { Database = "postgres", Pooling = false };
        var template = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = $"{RunName}_template" };
        TestRun.Keep(new Dropped(server, template.Database!));
        await MigrateAsync(template.ConnectionString);
        return new NpgsqlConnectionStringBuilder(server.ConnectionString) { Pooling = true };
    }

    /// <summary>Runs the migration service as the app model does, to its exit code.</summary>
    private static async Task MigrateAsync(string connectionString)
    {
        var main = typeof(MigrationRunner).Assembly.EntryPoint!;
        string[] arguments = ["up", $"--ConnectionStrings:{ResourceNames.Database}={connectionString}", "--Logging:LogLevel:Default=Warning"];
        var exitCode = await Task.Run(() => main.Invoke(null, [arguments]));
        Assert.Equal(0, exitCode);
    }

    private static async Task<int> ExecuteAsync(NpgsqlConnectionStringBuilder database, string sql)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteNonQueryAsync();
    }

    private sealed class Dropped(NpgsqlConnectionStringBuilder server, string name) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await ExecuteAsync(server, $"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    }
}
