using Microsoft.EntityFrameworkCore;
using Pamps.ServiceDefaults;

namespace Pamps.ApiService.Data;

internal static class DatabaseExtensions
{
    /// <summary>Registers the context on the app model's database; the migrations live with the process that applies them.</summary>
    public static void AddPampsDatabase(this IHostApplicationBuilder builder) =>
        builder.AddNpgsqlDbContext<PampsDbContext>(ResourceNames.Database, configureDbContextOptions: options =>
            options.UseNpgsql(npgsql => npgsql.MigrationsAssembly("Pamps.MigrationService")));
}
