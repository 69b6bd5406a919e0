using Microsoft.Extensions.ServiceDiscovery;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds service discovery to HTTP clients.</summary>
public static class ServiceDiscoveryHttpClientBuilderExtensions
{
    /// <summary>Lets the client's addresses name services, as in <c>https+http://apiservice</c>.</summary>
    /// <param name="httpClientBuilder">The client.</param>
    public static IHttpClientBuilder AddServiceDiscovery(this IHttpClientBuilder httpClientBuilder)
    {
        ArgumentNullException.ThrowIfNull(httpClientBuilder);
        httpClientBuilder.Services.AddServiceDiscovery();
        return httpClientBuilder.AddHttpMessageHandler(
            services => new ResolvingHandler(services.GetRequiredService<ConfiguredServices>()));
    }
}
