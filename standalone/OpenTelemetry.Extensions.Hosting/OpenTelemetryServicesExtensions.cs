using Microsoft.Extensions.Hosting;
using OpenTelemetry;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds OpenTelemetry to a host.</summary>
public static class OpenTelemetryServicesExtensions
{
    /// <summary>Adds the telemetry providers and starts them with the host; repeated calls share them.</summary>
    /// <param name="services">The services of the host.</param>
    public static OpenTelemetryBuilder AddOpenTelemetry(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);

        // First among the hosted services, so that the work of all the others is already observed.
        if (!services.Any(service => service.ImplementationType == typeof(TelemetryHostedService)))
        {
            services.Insert(0, ServiceDescriptor.Singleton<IHostedService, TelemetryHostedService>());
        }

        return new OpenTelemetryBuilder(services);
    }
}
