namespace OpenTelemetry.Metrics;

/// <summary>Metrics of the .NET runtime.</summary>
public static class MeterProviderBuilderExtensions
{
    /// <summary>Adds the runtime's own meter: garbage collection, thread pool, exceptions, process.</summary>
    /// <param name="builder">The meter provider's builder.</param>
    public static MeterProviderBuilder AddRuntimeInstrumentation(this MeterProviderBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddMeter("System.Runtime");
    }
}
