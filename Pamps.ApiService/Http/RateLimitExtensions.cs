using Pamps.ApiService.Redis;

namespace Pamps.ApiService.Http;

internal static class RateLimitExtensions
{
    /// <summary>Adds the limits of request rates.</summary>
    /// <param name="services">The services.</param>
    public static void AddRateLimits(this IServiceCollection services)
    {
        services.AddOptions<RateLimitOptions>().BindConfiguration("RateLimits").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<RateCounters>();
        services.AddSingleton<RateWindow>();
        services.AddSingleton<RateLimits>();
        services.AddHostedService<RateSync>();
    }

    /// <summary>Gives an endpoint a further limit.</summary>
    /// <typeparam name="TBuilder">The kind of endpoint.</typeparam>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="limit">The limit.</param>
    public static TBuilder Limited<TBuilder>(this TBuilder endpoint, RateLimit limit)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new RateLimited(limit));
}
