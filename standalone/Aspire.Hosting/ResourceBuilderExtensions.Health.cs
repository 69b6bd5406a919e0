using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Ties a health check, registered with the AppHost's services, to the resource.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="key">The name of the check.</param>
    public static IResourceBuilder<T> WithHealthCheck<T>(this IResourceBuilder<T> builder, string key)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Resource.Annotations.OfType<HealthCheckAnnotation>().Any(a => a.Key == key))
        {
            throw new DistributedApplicationException($"Resource '{builder.Resource.Name}' already has a health check with key '{key}'.");
        }

        return builder.WithAnnotation(new HealthCheckAnnotation(key));
    }

    /// <summary>The resource is healthy when a GET answers as expected.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="path">The path; <c>/</c> unless given.</param>
    /// <param name="statusCode">The expected status code; 200 unless given.</param>
    /// <param name="endpointName">The endpoint; https, else http, unless given.</param>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder, string? path = null, int? statusCode = null, string? endpointName = null)
        where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithHttpHealthCheck(() => HttpEndpoint(builder.Resource, endpointName, "HTTP health check"), path, statusCode);
    }

    /// <summary>The resource is healthy when a GET answers as expected.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="endpointSelector">Chooses the endpoint; https, else http, unless given.</param>
    /// <param name="path">The path; <c>/</c> unless given.</param>
    /// <param name="statusCode">The expected status code; 200 unless given.</param>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder, Func<EndpointReference>? endpointSelector, string? path = null, int? statusCode = null)
        where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        var endpoint = (endpointSelector ?? (() => HttpEndpoint(builder.Resource, endpointName: null, "HTTP health check")))();
        var expected = statusCode ?? 200;
        var key = string.Create(CultureInfo.InvariantCulture, $"{builder.Resource.Name}_{endpoint.EndpointName}_{path ?? "/"}_{expected}_check");
        builder.ApplicationBuilder.Services.AddHttpClient(HttpHealthCheck.ClientName);
        builder.ApplicationBuilder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            key,
            services => new HttpHealthCheck(services.GetRequiredService<IHttpClientFactory>(), endpoint, path ?? "/", expected),
            failureStatus: null,
            tags: null));
        return builder.WithHealthCheck(key);
    }

    private static EndpointReference HttpEndpoint(IResourceWithEndpoints resource, string? endpointName, string purpose)
    {
        string[] names = endpointName is null ? ["https", "http"] : [endpointName];
        return names.Select(name => new EndpointReference(resource, name)).FirstOrDefault(e => e.Exists)
            ?? resource.Annotations.OfType<EndpointAnnotation>().Where(e => endpointName is null && e.UriScheme is "http" or "https")
                .Select(e => new EndpointReference(resource, e)).FirstOrDefault()
            ?? throw new DistributedApplicationException(
                $"Could not create {purpose} for resource '{resource.Name}' as the endpoint with name '{endpointName ?? "http"}' was not found.");
    }
}
