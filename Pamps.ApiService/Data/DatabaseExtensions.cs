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
}
