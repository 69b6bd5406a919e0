namespace OpenTelemetry.Metrics;

/// <summary>Metrics of incoming HTTP requests.</summary>
public static class AspNetCoreInstrumentationMeterProviderBuilderExtensions
{
    /// <summary>Adds the meters of ASP.NET Core: requests, connections, routing, errors, limits, sign-in.</summary>
    /// <param name="builder">The meter provider's builder.</param>
    public static MeterProviderBuilder AddAspNetCoreInstrumentation(this MeterProviderBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddMeter(
            "Microsoft.AspNetCore.Hosting",
            "Microsoft.AspNetCore.Server.Kestrel",
            "Microsoft.AspNetCore.Http.Connections",
            "Microsoft.AspNetCore.Routing",
            "Microsoft.AspNetCore.Diagnostics",
            "Microsoft.AspNetCore.RateLimiting",
            "Microsoft.AspNetCore.Components",
            "Microsoft.AspNetCore.Authentication",
            "Microsoft.AspNetCore.Authorization");
    }
}
