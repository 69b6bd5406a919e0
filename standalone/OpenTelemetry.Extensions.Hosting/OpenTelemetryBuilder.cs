using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace OpenTelemetry;

/// <summary>Configures the telemetry of a host; every call adds to the same providers.</summary>
public sealed class OpenTelemetryBuilder : IOpenTelemetryBuilder
{
    internal OpenTelemetryBuilder(IServiceCollection services) => Services = services;

    /// <summary>The services of the host.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Adds to the resource that all three signals carry.</summary>
    /// <param name="configure">Receives the resource.</param>
    public OpenTelemetryBuilder ConfigureResource(Action<ResourceBuilder> configure)
    {
        OpenTelemetryBuilderSdkExtensions.ConfigureResource(this, configure);
        return this;
    }

    /// <summary>Turns metrics on.</summary>
    public OpenTelemetryBuilder WithMetrics() => WithMetrics(_ => { });

    /// <summary>Turns metrics on and configures them.</summary>
    /// <param name="configure">Receives the meter provider's builder.</param>
    public OpenTelemetryBuilder WithMetrics(Action<MeterProviderBuilder> configure)
    {
        OpenTelemetryBuilderSdkExtensions.WithMetrics(this, configure);
        return this;
    }

    /// <summary>Turns traces on.</summary>
    public OpenTelemetryBuilder WithTracing() => WithTracing(_ => { });

    /// <summary>Turns traces on and configures them.</summary>
    /// <param name="configure">Receives the tracer provider's builder.</param>
    public OpenTelemetryBuilder WithTracing(Action<TracerProviderBuilder> configure)
    {
        OpenTelemetryBuilderSdkExtensions.WithTracing(this, configure);
        return this;
    }

    /// <summary>Turns logs on.</summary>
    public OpenTelemetryBuilder WithLogging() => WithLogging(null, null);

    /// <summary>Turns logs on and configures them.</summary>
    /// <param name="configure">Receives the logger provider's builder.</param>
    public OpenTelemetryBuilder WithLogging(Action<LoggerProviderBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return WithLogging(configure, null);
    }

    /// <summary>Turns logs on and configures them.</summary>
    /// <param name="configureBuilder">Receives the logger provider's builder.</param>
    /// <param name="configureOptions">Receives the options of the logging bridge.</param>
    public OpenTelemetryBuilder WithLogging(
        Action<LoggerProviderBuilder>? configureBuilder, Action<OpenTelemetryLoggerOptions>? configureOptions)
    {
        OpenTelemetryBuilderSdkExtensions.WithLogging(this, configureBuilder, configureOptions);
        return this;
    }
}
