using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Gives the resource the connection string of another one.</summary>
    /// <param name="builder">The resource that connects.</param>
    /// <param name="source">The resource it connects to.</param>
    /// <param name="connectionName">The name of the connection string; the name of the source unless given.</param>
    /// <param name="optional">Whether a missing value is allowed.</param>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        IResourceBuilder<IResourceWithConnectionString> source,
        string? connectionName = null,
        bool optional = false)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(source);
        var resource = source.Resource;
        var name = connectionName ?? resource.Name;
        builder.WithAnnotation(new ResourceRelationshipAnnotation(resource, "Reference"));
        return builder.WithEnvironment(async context =>
        {
            var value = await resource.GetConnectionStringAsync(context.CancellationToken).ConfigureAwait(false);
            if (string.IsNullOrEmpty(value))
            {
                if (optional)
                {
                    return;
                }

                throw new DistributedApplicationException($"The connection string for the resource '{resource.Name}' is not available.");
            }

            context.EnvironmentVariables[resource.ConnectionStringEnvironmentVariable ?? $"ConnectionStrings__{name}"] = value;
            foreach (var (property, part) in resource.GetConnectionProperties())
            {
                var variable = $"{ResourceName.EnvironmentPrefix(name)}_{property.ToUpperInvariant()}";
                context.EnvironmentVariables[variable] = part;
            }
        });
    }

    /// <summary>Lets the resource find another one by its name.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(source);
        return builder.ReferTo(source.Resource, source.Resource.Name, endpointName: null);
    }

    /// <summary>Lets the resource find another one by a name.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source, string name)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return builder.ReferTo(source.Resource, name, endpointName: null);
    }

    /// <summary>Lets the resource find one endpoint of another one.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, EndpointReference endpointReference)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(endpointReference);
        return builder.ReferTo(endpointReference.Resource, endpointReference.Resource.Name, endpointReference.EndpointName);
    }

    /// <summary>Lets the resource find a service outside the application by a name.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, string name, Uri uri)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(uri);
        if (!uri.IsAbsoluteUri)
        {
            throw new InvalidOperationException($"The uri '{uri}' for the service reference must be absolute.");
        }

        if (uri.AbsolutePath != "/")
        {
            throw new InvalidOperationException($"The uri '{uri}' for the service reference must have the path '/'.");
        }

        return builder.WithEnvironment($"services__{name}__default__0", uri.ToString());
    }

    private static IResourceBuilder<TDestination> ReferTo<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceWithEndpoints source, string name, string? endpointName)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.WithAnnotation(new ResourceRelationshipAnnotation(source, "Reference"));
        return builder.WithEnvironment(context =>
        {
            foreach (var endpoint in source.Annotations.OfType<EndpointAnnotation>())
            {
                var chosen = endpointName is null
                    ? endpoint.UriScheme is "http" or "https"
                    : string.Equals(endpoint.Name, endpointName, StringComparison.OrdinalIgnoreCase);
                if (!chosen)
                {
                    continue;
                }

                var reference = new EndpointReference(source, endpoint);
                var segment = endpoint.Name is "http" or "https" ? endpoint.UriScheme : endpoint.Name;
                context.EnvironmentVariables[$"services__{name}__{segment}__0"] = reference;
                context.EnvironmentVariables[$"{ResourceName.EnvironmentPrefix(name)}_{ResourceName.EnvironmentPrefix(endpoint.Name)}"] = reference;
            }
        });
    }
}
