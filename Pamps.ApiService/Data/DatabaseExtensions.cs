using Microsoft.EntityFrameworkCore;
using Pamps.ServiceDefaults;

namespace Pamps.ApiService.Data;

internal static class DatabaseExtensions
{
    private const int RetriesMax = 3;
    private static readonly TimeSpan RetryDelayMax = TimeSpan.FromMilliseconds(500);

    /// <summary>Registers the context on the app model's database; the migrations live with the process that applies them.</summary>
    public static void AddPampsDatabase(this IHostApplicationBuilder builder) =>
        builder.AddNpgsqlDbContext<PampsDbContext>(ResourceNames.Database, configureDbContextOptions: options =>
            options.UseNpgsql(npgsql => npgsql
                .MigrationsAssembly("Pamps.MigrationService")
                // The default goes on for a minute: long after the caller was told to come back.
                .EnableRetryOnFailure(RetriesMax, RetryDelayMax, errorCodesToAdd: null)));

    /// <summary>Runs work in the transaction of the request, or in one of its own, repeated when the connection breaks.</summary>
    public static async Task<T> InTransactionAsync<T>(this PampsDbContext db, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        if (db.Database.CurrentTransaction is not null)
        {
            return await work();
        }

        return await db.Database.CreateExecutionStrategy().ExecuteAsync(
            async token =>
            {
                db.ChangeTracker.Clear();
                await using var transaction = await db.Database.BeginTransactionAsync(token);
                var result = await work();
                await transaction.CommitAsync(token);
                return result;
            },
            cancellationToken);
    }
}
