using Aspire.Npgsql.EntityFrameworkCore.PostgreSQL;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql.EntityFrameworkCore.PostgreSQL;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.Internal;
using Npgsql.EntityFrameworkCore.PostgreSQL.Storage.Internal;

namespace Microsoft.Extensions.Hosting;

/// <summary>Registers EF Core contexts on Postgres, with retries, health check and telemetry.</summary>
public static class AspireEFPostgreSqlExtensions
{
    private const string SettingsSection = "Aspire:Npgsql:EntityFrameworkCore:PostgreSQL";

    /// <summary>
    /// Registers a pooled context. Settings come from the section <c>Aspire:Npgsql:EntityFrameworkCore:PostgreSQL</c>,
    /// then its subsections named after the connection and the context, then the connection string, then the delegate.
    /// </summary>
    /// <typeparam name="TContext">The context; its constructor takes nothing but options.</typeparam>
    /// <param name="builder">The host's builder.</param>
    /// <param name="connectionName">The name of the connection string; looked at when a context is first used.</param>
    /// <param name="configureSettings">Changes the settings.</param>
    /// <param name="configureDbContextOptions">Changes the context's options, after everything else.</param>
    /// <exception cref="InvalidOperationException">The context is registered already.</exception>
    public static void AddNpgsqlDbContext<TContext>(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<NpgsqlEntityFrameworkCorePostgreSQLSettings>? configureSettings = null,
        Action<DbContextOptionsBuilder>? configureDbContextOptions = null)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(connectionName);
        if (builder.Services.Any(service => service.ServiceType == typeof(TContext)))
        {
            throw new InvalidOperationException(
                $"{typeof(TContext).Name} is registered already; call {nameof(EnrichNpgsqlDbContext)} for a context you register yourself.");
        }

        var settings = ReadSettings<TContext>(builder.Configuration, connectionName);
        settings.ConnectionString = builder.Configuration.GetConnectionString(connectionName) ?? settings.ConnectionString;
        configureSettings?.Invoke(settings);

        builder.Services.AddDbContextPool<TContext>(options =>
        {
            // Only now: commands of the EF tools, which need no server, work without a connection string.
            if (string.IsNullOrWhiteSpace(settings.ConnectionString) && !EF.IsDesignTime)
            {
                throw new InvalidOperationException(
                    $"The connection string 'ConnectionStrings:{connectionName}' is missing, and so is '{SettingsSection}:ConnectionString'.");
            }

            options.UseNpgsql(settings.ConnectionString, npgsql =>
            {
                if (!settings.DisableRetry)
                {
                    npgsql.EnableRetryOnFailure();
                }

                if (settings.CommandTimeout is { } timeout)
                {
                    npgsql.CommandTimeout(timeout);
                }
            });
            configureDbContextOptions?.Invoke(options);
        });

        builder.Observe<TContext>(settings);
    }

    /// <summary>Adds retries, health check and telemetry to a context that you registered yourself.</summary>
    /// <typeparam name="TContext">The context.</typeparam>
    /// <param name="builder">The host's builder.</param>
    /// <param name="configureSettings">Changes the settings.</param>
    /// <exception cref="InvalidOperationException">The context is not registered, or its options contradict the settings.</exception>
    public static void EnrichNpgsqlDbContext<TContext>(
        this IHostApplicationBuilder builder,
        Action<NpgsqlEntityFrameworkCorePostgreSQLSettings>? configureSettings = null)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);

        var settings = ReadSettings<TContext>(builder.Configuration, connectionName: null);
        configureSettings?.Invoke(settings);

        if (!settings.DisableRetry || settings.CommandTimeout is not null)
        {
            if (!builder.Services.Any(service => service.ServiceType == typeof(DbContextOptions<TContext>)))
            {
                throw new InvalidOperationException($"{typeof(TContext).Name} is not registered; register it before {nameof(EnrichNpgsqlDbContext)}.");
            }

            builder.Services.ConfigureDbContext<TContext>(options => Enrich<TContext>(options, settings));
        }

        builder.Observe<TContext>(settings);
    }

    // There is no public way to ask which execution strategy and time limit a context's options already hold.
#pragma warning disable EF1001
    private static void Enrich<TContext>(DbContextOptionsBuilder options, NpgsqlEntityFrameworkCorePostgreSQLSettings settings)
        where TContext : DbContext
    {
        var existing = options.Options.FindExtension<NpgsqlOptionsExtension>();
        options.UseNpgsql(npgsql =>
        {
            if (!settings.DisableRetry)
            {
                var strategy = existing?.ExecutionStrategyFactory?.Invoke(new ExecutionStrategyDependencies(null!, options.Options, null!));
                if (strategy is null || strategy.GetType() == typeof(NpgsqlExecutionStrategy))
                {
                    npgsql.EnableRetryOnFailure();
                }
                else if (strategy is not NpgsqlRetryingExecutionStrategy)
                {
                    throw new InvalidOperationException(
                        $"{typeof(TContext).Name} has its own execution strategy: set {nameof(settings.DisableRetry)}.");
                }
            }

            if (settings.CommandTimeout is { } timeout)
            {
                if (existing?.CommandTimeout is { } other && other != timeout)
                {
                    throw new InvalidOperationException(
                        $"{nameof(settings.CommandTimeout)} is {timeout} in the settings and {other} in the options of {typeof(TContext).Name}.");
                }

                npgsql.CommandTimeout(timeout);
            }
        });
    }
#pragma warning restore EF1001

    private static NpgsqlEntityFrameworkCorePostgreSQLSettings ReadSettings<TContext>(IConfiguration configuration, string? connectionName)
    {
        var settings = new NpgsqlEntityFrameworkCorePostgreSQLSettings();
        var section = configuration.GetSection(SettingsSection);
        section.Bind(settings);
        if (connectionName is not null)
        {
            section.GetSection(connectionName).Bind(settings);
        }

        section.GetSection(typeof(TContext).Name).Bind(settings);
        return settings;
    }

    private static void Observe<TContext>(this IHostApplicationBuilder builder, NpgsqlEntityFrameworkCorePostgreSQLSettings settings)
        where TContext : DbContext
    {
        if (!settings.DisableHealthChecks)
        {
            builder.Services.AddHealthChecks().AddCheck<DbContextHealthCheck<TContext>>(typeof(TContext).Name);
        }

        if (!settings.DisableTracing)
        {
            builder.Services.AddOpenTelemetry().WithTracing(tracing => tracing.AddSource("Npgsql"));
        }

        if (!settings.DisableMetrics)
        {
            builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter("Npgsql"));
        }
    }
}
