using Aspire.Hosting.ApplicationModel;
using Npgsql;

namespace Aspire.Hosting.Postgres;

/// <summary>Creates the databases of a server that has become ready.</summary>
internal static class PostgresDatabaseCreator
{
    public static async Task CreateAsync(PostgresDatabaseResource database, ResourceLog log, CancellationToken cancellationToken)
    {
        IResourceWithConnectionString server = database.Parent;
        var connectionString = await server.GetConnectionStringAsync(cancellationToken).ConfigureAwait(false);
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Database = "postgres" };
        var quoted = new NpgsqlCommandBuilder().QuoteIdentifier(database.DatabaseName);
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var lookUp = new NpgsqlCommand("SELECT count(*) FROM pg_database WHERE datname = $1", connection) { Parameters = { new() { Value = database.DatabaseName } } };
        if (await lookUp.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is 0L)
        {
            await using var command = new NpgsqlCommand($"CREATE DATABASE {quoted}", connection);
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            log.Info($"Created the database '{database.DatabaseName}'.");
        }

        database.Exists = true;
    }
}
