using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestration;
using Aspire.Hosting.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <summary>Adds Redis servers. Here the server is a local process.</summary>
public static class RedisBuilderExtensions
{
    /// <summary>Adds a Redis server.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the resource.</param>
    /// <param name="port">The port that clients use; chosen at start unless given.</param>
    public static IResourceBuilder<RedisResource> AddRedis(this IDistributedApplicationBuilder builder, string name, int? port) =>
        builder.AddRedis(name, port, password: null);

    /// <summary>Adds a Redis server.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the resource.</param>
    /// <param name="port">The port that clients use; chosen at start unless given.</param>
    /// <param name="password">The password; generated unless given.</param>
    public static IResourceBuilder<RedisResource> AddRedis(
        this IDistributedApplicationBuilder builder, string name, int? port = null, IResourceBuilder<ParameterResource>? password = null)
    {
        ArgumentNullException.ThrowIfNull(builder);

        // No special characters: the client's connection string has no way to quote a comma.
        var server = new RedisResource(name, password?.Resource ?? builder.DefaultPassword($"{name}-password", special: false));
        var key = $"{name}_check";
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(key, new RedisHealthCheck(server), failureStatus: null, tags: null));
        var process = new RedisProcess(server, builder.Configuration, builder.AppHostDirectory);
        return builder.AddResource(server)
            .WithAnnotation(new EndpointAnnotation(ProtocolType.Tcp, name: "tcp", port: port, targetPort: 6379))
            .WithAnnotation(new ContainerImageAnnotation { Image = "library/redis", Tag = "8.6" })
            .WithAnnotation(new LocalProcessAnnotation(process.PrepareAsync) { Source = "redis" })
            .WithHealthCheck(key);
    }

    /// <summary>Keeps the data from run to run, written to disk every minute in which something changed.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="name">The name of the volume; made of the name of the resource unless given.</param>
    /// <param name="isReadOnly">Whether nothing is written back.</param>
    public static IResourceBuilder<RedisResource> WithDataVolume(this IResourceBuilder<RedisResource> builder, string? name = null, bool isReadOnly = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.WithAnnotation(new VolumeAnnotation(name ?? $"{builder.Resource.Name}-data"), ResourceAnnotationMutationBehavior.Replace);
        return isReadOnly ? builder : builder.WithPersistence();
    }

    /// <summary>Writes the data to disk from time to time.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="interval">How often; every 60 seconds unless given.</param>
    /// <param name="keysChangedThreshold">How many keys must have changed since.</param>
    public static IResourceBuilder<RedisResource> WithPersistence(this IResourceBuilder<RedisResource> builder, TimeSpan? interval = null, long keysChangedThreshold = 1)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(
            new RedisPersistenceAnnotation(interval ?? TimeSpan.FromSeconds(60), keysChangedThreshold), ResourceAnnotationMutationBehavior.Replace);
    }

    /// <summary>Adds a web page to look into the data. It needs a container engine, so here it is not added.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="configureContainer">Not called.</param>
    /// <param name="containerName">Not used.</param>
    public static IResourceBuilder<RedisResource> WithRedisInsight(
        this IResourceBuilder<RedisResource> builder,
        Action<IResourceBuilder<RedisInsightResource>>? configureContainer = null,
        string? containerName = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new IgnoredCallAnnotation("WithRedisInsight"));
    }
}
