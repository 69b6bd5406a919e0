using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Microsoft.Extensions.Hosting;

/// <summary>What every service of the app has: telemetry, health endpoints, service discovery, resilient HTTP clients.</summary>
public static class Extensions
{
    private const string HealthEndpointPath = "/health";
    private const string AlivenessEndpointPath = "/alive";

    // Seconds. The usual bounds start at 5 ms, where most answers of a feed served from memory already are.
    private static readonly double[] RequestDurationBounds =
        [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    /// <summary>Adds all of the defaults.</summary>
    /// <typeparam name="TBuilder">The kind of host.</typeparam>
    /// <param name="builder">The host's builder.</param>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.ConfigureOpenTelemetry();
        builder.AddDefaultHealthChecks();

        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http =>
        {
            http.AddStandardResilienceHandler(options => options.Retry.NeverForUnsafeMethods());
            http.AddServiceDiscovery();
        });

        return builder;
    }

    /// <summary>Adds logs, metrics and traces; they are exported when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set.</summary>
    /// <typeparam name="TBuilder">The kind of host.</typeparam>
    /// <param name="builder">The host's builder.</param>
    public static TBuilder ConfigureOpenTelemetry<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });

        builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation()
                .AddMeter(builder.Environment.ApplicationName)
                .AddView("http.server.request.duration", new ExplicitBucketHistogramConfiguration { Boundaries = RequestDurationBounds }))
            .WithTracing(tracing => tracing
                .AddSource(builder.Environment.ApplicationName)
                .AddAspNetCoreInstrumentation(options =>
                    // Asked every few seconds by whoever watches the service; they would bury the other traces.
                    options.Filter = context =>
                        !context.Request.Path.StartsWithSegments(HealthEndpointPath) &&
                        !context.Request.Path.StartsWithSegments(AlivenessEndpointPath))
                .AddHttpClientInstrumentation());

        if (!string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            builder.Services.AddOpenTelemetry().UseOtlpExporter();
        }

        return builder;
    }

    /// <summary>Adds the check of the process itself; others are added with what they check.</summary>
    /// <typeparam name="TBuilder">The kind of host.</typeparam>
    /// <param name="builder">The host's builder.</param>
    public static TBuilder AddDefaultHealthChecks<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), ["live"]);
        return builder;
    }

    /// <summary>
    /// Maps <c>/health</c> (every check passes: ready for work) and <c>/alive</c> (the process answers) in Development,
    /// and elsewhere when <c>HealthEndpoints:Enabled</c> is true: open to everybody, they tell strangers too much and
    /// cost a database round trip. See https://aka.ms/dotnet/aspire/healthchecks.
    /// </summary>
    /// <param name="app">The web application.</param>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        if (app.Environment.IsDevelopment() || app.Configuration.GetValue<bool>("HealthEndpoints:Enabled"))
        {
            // Whoever watches has no account, and must neither be turned away under load nor count as traffic.
            var health = app.MapGroup("").AllowAnonymous().DisableRateLimiting().DisableHttpMetrics();
            health.MapHealthChecks(HealthEndpointPath, new HealthCheckOptions { ResponseWriter = WriteStatusAsync });
            health.MapHealthChecks(AlivenessEndpointPath, new HealthCheckOptions { Predicate = check => check.Tags.Contains("live"), ResponseWriter = WriteStatusAsync });
        }

        return app;
    }

    /// <summary>JSON, which clients of the older APIs read here; the status alone, since anybody may ask.</summary>
    private static Task WriteStatusAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync($"{{\"status\":\"{report.Status}\"}}", context.RequestAborted);
    }

    /// <summary>A repeated POST may do its work twice: the first attempt can have succeeded without an answer.</summary>
    private static void NeverForUnsafeMethods(this HttpRetryStrategyOptions retry)
    {
        // Experimental, yet the only public way to see the method of an attempt that failed without a response.
#pragma warning disable EXTEXP0001
        retry.DisableForUnsafeHttpMethods();
#pragma warning restore EXTEXP0001
    }
}
