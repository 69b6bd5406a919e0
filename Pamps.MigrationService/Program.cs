using Microsoft.AspNetCore.Identity;
using Pamps.ApiService.Data;
using Pamps.MigrationService;

var builder = Host.CreateApplicationBuilder(args);
builder.AddServiceDefaults();
builder.AddPampsDatabase();

// EF Core logs its question whether an empty database has a history as failures. Real ones arrive as exceptions.
builder.Logging.AddFilter("Microsoft.EntityFrameworkCore.Database", LogLevel.None);

builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton<IPasswordHasher<Account>, PasswordHasher<Account>>();
builder.Services.AddScoped<DevelopmentSeed>();
builder.Services.AddScoped<MigrationRunner>();

using var host = builder.Build();
await host.StartAsync();

int exitCode;
await using (var scope = host.Services.CreateAsyncScope())
{
    // Whoever waits for this process trusts its exit code alone, so nothing here runs in a background service:
    // an exception out of one ends the process with 0 on .NET 10 (dotnet/runtime#67146).
    var stopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
    exitCode = await scope.ServiceProvider.GetRequiredService<MigrationRunner>().RunAsync(args, stopping);
}

await host.StopAsync();
return exitCode;
