namespace OpenTelemetry.Trace;

/// <summary>Traces of outgoing HTTP requests.</summary>
public static class HttpClientInstrumentationTracerProviderBuilderExtensions
{
    /// <summary>Adds the source that .NET writes a client span with all its attributes to.</summary>
    /// <param name="builder">The tracer provider's builder.</param>
    public static TracerProviderBuilder AddHttpClientInstrumentation(this TracerProviderBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddSource("System.Net.Http");
    }
}
