using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using Pamps.ApiService.Data;

namespace Pamps.MigrationService;

/// <summary>
/// Brings the database to a version of the schema. Two runners follow each other: the provider's own lock ends with
/// each migration's transaction, so a lock of the session is held around all of them. A lost connection frees it and
/// is retried; migrations that were applied before are not applied twice.
/// </summary>
internal sealed partial class MigrationRunner(
    PampsDbContext db, DevelopmentSeed seed, IConfiguration configuration, ILogger<MigrationRunner> logger)
{
    /// <summary>What the command line understands.</summary>
    public const string Usage = """
        up                 applies every migration (the default)
        down to <name>     takes back the migrations after the one of that name
        down to 0          takes back all of them, with all data
        status             lists the migrations and whether each is applied
        """;

    // Any number that nothing else in this database locks with.
    private const long LockKey = 0x50616D7073;

    private static readonly ActivitySource Source = new("Pamps.MigrationService");

    /// <summary>Runs a command.</summary>
    /// <param name="arguments">The command; options of the host (<c>--…</c>) after it are not part of it.</param>
    /// <param name="cancellationToken">Asks to stop; the migration under way is rolled back.</param>
    /// <returns>The exit code of the process: 0 when the database is as asked, else 1.</returns>
    public async Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        string[] command = [.. arguments.TakeWhile(argument => !argument.StartsWith('-'))];
        using var activity = Source.StartActivity($"migrations {command.FirstOrDefault("up")}");
        try
        {
            switch (command)
            {
                case [] or ["up"]:
                    await UpAsync(cancellationToken);
                    return 0;
                case ["down", "to", var target]:
                    await DownAsync(target, cancellationToken);
                    return 0;
                case ["status"]:
                    await StatusAsync(cancellationToken);
                    return 0;
                default:
                    LogUnknown(string.Join(' ', command), Usage);
                    return 1;
            }
        }
        catch (Exception exception)
        {
            activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
            LogFailed(exception);
            return 1;
        }
    }

    private Task UpAsync(CancellationToken cancellationToken) => LockedAsync(
        async token =>
        {
            await db.Database.MigrateAsync(token);
            LogUp((await db.Database.GetAppliedMigrationsAsync(token)).Last());

            // Asked for by the app model while it runs on a developer's machine; a deployment never sets it.
            if (configuration.GetValue<bool>("Seed:Demo"))
            {
                await seed.SeedAsync(token);
            }
        },
        cancellationToken);

    private Task DownAsync(string target, CancellationToken cancellationToken) => LockedAsync(
        async token =>
        {
            if (target != Migration.InitialDatabase)
            {
                // EF would go up to a migration that is not applied yet.
                var applied = await db.Database.GetAppliedMigrationsAsync(token);
                target = applied.SingleOrDefault(id => id == target || id.EndsWith($"_{target}", StringComparison.OrdinalIgnoreCase))
                    ?? throw new InvalidOperationException($"No migration '{target}' is applied; status lists those that are.");
            }

            await db.Database.MigrateAsync(target, token);
            LogDown(target);
        },
        cancellationToken);

    private async Task StatusAsync(CancellationToken cancellationToken)
    {
        var applied = (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).ToHashSet();
        foreach (var migration in db.Database.GetMigrations())
        {
            Console.WriteLine($"{(applied.Contains(migration) ? "applied" : "pending")}  {migration}");
        }
    }

    private Task LockedAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken) =>
        db.Database.CreateExecutionStrategy().ExecuteAsync(
            async token =>
            {
                var creator = db.GetService<IRelationalDatabaseCreator>();
                if (!await creator.ExistsAsync(token))
                {
                    await creator.CreateAsync(token);
                }

                // EF works on the connection that is open, and so within the lock.
                await db.Database.OpenConnectionAsync(token);
                try
                {
                    // A runner ahead may take long; the host stops the wait if it is asked to stop.
                    db.Database.SetCommandTimeout(TimeSpan.Zero);
                    await db.Database.ExecuteSqlAsync($"select pg_advisory_lock({LockKey})", token);
                    await work(token);
                    await db.Database.ExecuteSqlAsync($"select pg_advisory_unlock({LockKey})", token);
                }
                finally
                {
                    await db.Database.CloseConnectionAsync();
                }
            },
            cancellationToken);

    [LoggerMessage(1, LogLevel.Information, "The database is at migration {Migration}.")]
    private partial void LogUp(string migration);

    [LoggerMessage(2, LogLevel.Information, "Took back everything after migration {Migration}.")]
    private partial void LogDown(string migration);

    [LoggerMessage(3, LogLevel.Critical, "The migration failed; the database is as the last finished migration left it.")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(4, LogLevel.Error, "'{Command}' is not understood. The commands:\n{Usage}")]
    private partial void LogUnknown(string command, string usage);
}
