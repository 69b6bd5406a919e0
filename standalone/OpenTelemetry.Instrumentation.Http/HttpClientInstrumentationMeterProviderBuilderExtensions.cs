namespace OpenTelemetry.Metrics;

/// <summary>Metrics of outgoing HTTP requests.</summary>
public static class HttpClientInstrumentationMeterProviderBuilderExtensions
{
    /// <summary>Adds .NET's meters of HTTP clients and of name resolution.</summary>
    /// <param name="builder">The meter provider's builder.</param>
    public static MeterProviderBuilder AddHttpClientInstrumentation(this MeterProviderBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddMeter("System.Net.Http", "System.Net.NameResolution");
    }
}
