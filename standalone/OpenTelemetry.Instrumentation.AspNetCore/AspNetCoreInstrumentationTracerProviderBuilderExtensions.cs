using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry.Instrumentation.AspNetCore;

namespace OpenTelemetry.Trace;

/// <summary>Traces of incoming HTTP requests.</summary>
public static class AspNetCoreInstrumentationTracerProviderBuilderExtensions
{
    private const string Source = "Microsoft.AspNetCore";

    /// <summary>Traces incoming requests.</summary>
    /// <param name="builder">The tracer provider's builder.</param>
    public static TracerProviderBuilder AddAspNetCoreInstrumentation(this TracerProviderBuilder builder) =>
        builder.AddAspNetCoreInstrumentation(null, null);

    /// <summary>Traces incoming requests.</summary>
    /// <param name="builder">The tracer provider's builder.</param>
    /// <param name="configureAspNetCoreTraceInstrumentationOptions">Chooses what is traced.</param>
    public static TracerProviderBuilder AddAspNetCoreInstrumentation(
        this TracerProviderBuilder builder,
        Action<AspNetCoreTraceInstrumentationOptions>? configureAspNetCoreTraceInstrumentationOptions) =>
        builder.AddAspNetCoreInstrumentation(null, configureAspNetCoreTraceInstrumentationOptions);

    /// <summary>Traces incoming requests.</summary>
    /// <param name="builder">The tracer provider's builder.</param>
    /// <param name="name">The name of the options.</param>
    /// <param name="configureAspNetCoreTraceInstrumentationOptions">Chooses what is traced.</param>
    public static TracerProviderBuilder AddAspNetCoreInstrumentation(
        this TracerProviderBuilder builder,
        string? name,
        Action<AspNetCoreTraceInstrumentationOptions>? configureAspNetCoreTraceInstrumentationOptions)
    {
        ArgumentNullException.ThrowIfNull(builder);
        name ??= Options.DefaultName;

        if (configureAspNetCoreTraceInstrumentationOptions is not null)
        {
            builder.ConfigureServices(services => services.Configure(name, configureAspNetCoreTraceInstrumentationOptions));
        }

        return builder.AddSource(Source).AddInstrumentation(services =>
        {
            var options = services.GetRequiredService<IOptionsMonitor<AspNetCoreTraceInstrumentationOptions>>().Get(name);

            // The listener of this host, not every listener of the process: two hosts in one process (tests) stay apart.
            // A host without a web server has none and nothing to listen to.
            return new RequestSpans(options, services.GetService<DiagnosticListener>());
        });
    }
}
