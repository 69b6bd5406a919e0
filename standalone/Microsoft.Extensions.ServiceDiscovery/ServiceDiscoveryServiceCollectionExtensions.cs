using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.ServiceDiscovery;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds service discovery.</summary>
public static class ServiceDiscoveryServiceCollectionExtensions
{
    /// <summary>Adds what resolves service names from configuration; other names pass through unchanged.</summary>
    /// <param name="services">The services of the host.</param>
    public static IServiceCollection AddServiceDiscovery(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton<ConfiguredServices>();
        return services;
    }
}
