using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Pamps.Tests.ServiceDefaults;

public sealed class DatabaseRegistrationTests
{
    private const string Section = "Aspire:Npgsql:EntityFrameworkCore:PostgreSQL";

    [Fact]
    public void The_connection_string_of_that_name_is_used_with_retries()
    {
        using var host = Build(builder => builder.AddNpgsqlDbContext<ThingsContext>("things"), ("ConnectionStrings:things", "Host=one"));
        using var scope = host.Services.CreateScope();
        var database = scope.ServiceProvider.GetRequiredService<ThingsContext>().Database;

        Assert.Equal(("Host=one", true), (database.GetConnectionString(), database.CreateExecutionStrategy().RetriesOnFailure));
    }

    [Fact]
    public void A_missing_connection_string_is_named_when_a_context_is_first_used()
    {
        using var host = Build(builder => builder.AddNpgsqlDbContext<ThingsContext>("things"));
        using var scope = host.Services.CreateScope();

        var failure = Assert.Throws<InvalidOperationException>(() => scope.ServiceProvider.GetRequiredService<ThingsContext>());
        Assert.Contains("ConnectionStrings:things", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_most_particular_setting_wins_and_code_beats_configuration()
    {
        using var host = Build(
            builder => builder.AddNpgsqlDbContext<ThingsContext>("things", settings => settings.DisableRetry = true),
            ("ConnectionStrings:things", "Host=one"), ($"{Section}:CommandTimeout", "11"), ($"{Section}:ThingsContext:CommandTimeout", "22"));
        using var scope = host.Services.CreateScope();
        var database = scope.ServiceProvider.GetRequiredService<ThingsContext>().Database;

        Assert.Equal((22, false), (database.GetCommandTimeout(), database.CreateExecutionStrategy().RetriesOnFailure));
    }

    [Fact]
    public void Own_options_come_last_and_keep_the_connection()
    {
        using var host = Build(
            builder => builder.AddNpgsqlDbContext<ThingsContext>(
                "things", configureDbContextOptions: options => options.UseNpgsql(npgsql => npgsql.CommandTimeout(33))),
            ("ConnectionStrings:things", "Host=one"), ($"{Section}:CommandTimeout", "11"));
        using var scope = host.Services.CreateScope();
        var database = scope.ServiceProvider.GetRequiredService<ThingsContext>().Database;

        Assert.Equal(("Host=one", 33, true), (database.GetConnectionString(), database.GetCommandTimeout(), database.CreateExecutionStrategy().RetriesOnFailure));
    }

    [Fact]
    public void A_context_is_registered_once() => Assert.Throws<InvalidOperationException>(() => Build(builder =>
    {
        builder.AddNpgsqlDbContext<ThingsContext>("things");
        builder.AddNpgsqlDbContext<ThingsContext>("things");
    }));

    [Fact]
    public void Its_health_check_bears_its_name()
    {
        using var host = Build(builder => builder.AddNpgsqlDbContext<ThingsContext>("things"));

        Assert.Contains("ThingsContext", host.Services.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations.Select(check => check.Name));
    }

    [Fact]
    public async Task A_database_that_cannot_be_reached_is_unhealthy()
    {
        // Port 1 of this machine refuses at once.
        using var host = Build(
            builder => builder.AddNpgsqlDbContext<ThingsContext>("things", settings => settings.DisableRetry = true),
            ("ConnectionStrings:things", "Host=127.0.0.1;Port=1;Username=u;Password=p;Timeout=5"));
        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        Assert.Equal(HealthStatus.Unhealthy, report.Entries["ThingsContext"].Status);
    }

    [Fact]
    public void A_context_registered_by_hand_is_enriched_with_retries()
    {
        using var host = Build(builder =>
        {
            builder.Services.AddDbContext<ThingsContext>(options => options.UseNpgsql("Host=two"));
            builder.EnrichNpgsqlDbContext<ThingsContext>(settings => settings.CommandTimeout = 44);
        });
        using var scope = host.Services.CreateScope();
        var database = scope.ServiceProvider.GetRequiredService<ThingsContext>().Database;

        Assert.Equal(("Host=two", 44, true), (database.GetConnectionString(), database.GetCommandTimeout(), database.CreateExecutionStrategy().RetriesOnFailure));
    }

    [Fact]
    public void Only_a_registered_context_can_be_enriched() =>
        Assert.Throws<InvalidOperationException>(() => Build(builder => builder.EnrichNpgsqlDbContext<ThingsContext>()));

    [Fact]
    public void Contradicting_time_limits_are_refused()
    {
        using var host = Build(builder =>
        {
            builder.Services.AddDbContext<ThingsContext>(options => options.UseNpgsql("Host=two", npgsql => npgsql.CommandTimeout(1)));
            builder.EnrichNpgsqlDbContext<ThingsContext>(settings => settings.CommandTimeout = 2);
        });
        using var scope = host.Services.CreateScope();

        Assert.Throws<InvalidOperationException>(() => scope.ServiceProvider.GetRequiredService<ThingsContext>());
    }

    private static IHost Build(Action<HostApplicationBuilder> configure, params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, string? (setting) => setting.Value));
        configure(builder);
        return builder.Build();
    }

    private sealed class ThingsContext(DbContextOptions<ThingsContext> options) : DbContext(options);
}
