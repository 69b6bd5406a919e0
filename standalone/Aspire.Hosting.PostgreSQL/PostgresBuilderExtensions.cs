using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestration;
using Aspire.Hosting.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <summary>Adds Postgres servers and databases. Here the server is a local process.</summary>
public static class PostgresBuilderExtensions
{
    /// <summary>Adds a Postgres server.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the resource.</param>
    /// <param name="userName">The name of the superuser; <c>postgres</c> unless given.</param>
    /// <param name="password">Its password; generated unless given.</param>
    /// <param name="port">The port that clients use; chosen at start unless given.</param>
    public static IResourceBuilder<PostgresServerResource> AddPostgres(
        this IDistributedApplicationBuilder builder,
        string name,
        IResourceBuilder<ParameterResource>? userName = null,
        IResourceBuilder<ParameterResource>? password = null,
        int? port = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var secret = password?.Resource ?? builder.DefaultPassword($"{name}-password");
        var server = new PostgresServerResource(name, userName?.Resource, secret);
        var key = $"{name}_check";
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(key, new PostgresHealthCheck(server), failureStatus: null, tags: null));
        var process = new PostgresProcess(server, builder.Configuration);
        return builder.AddResource(server)
            .WithAnnotation(new EndpointAnnotation(ProtocolType.Tcp, name: "tcp", port: port, targetPort: 5432))
            .WithAnnotation(new ContainerImageAnnotation { Image = "library/postgres", Tag = "18.3" })
            .WithAnnotation(new LocalProcessAnnotation(process.PrepareAsync) { Source = "postgres" })
            .WithHealthCheck(key);
    }

    /// <summary>Adds a database, which is created when the server is ready.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="name">The name of the resource.</param>
    /// <param name="databaseName">The name of the database; that of the resource unless given.</param>
    public static IResourceBuilder<PostgresDatabaseResource> AddDatabase(
        this IResourceBuilder<PostgresServerResource> builder, string name, string? databaseName = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var database = new PostgresDatabaseResource(name, databaseName ?? name, builder.Resource);
        builder.Resource.AddDatabase(name, database.DatabaseName);
        var key = $"{name}_check";
        var application = builder.ApplicationBuilder;
        application.Services.AddHealthChecks().Add(new HealthCheckRegistration(key, new PostgresHealthCheck(database), failureStatus: null, tags: null));
        application.Eventing.Subscribe<ResourceReadyEvent>(
            builder.Resource,
            (ready, cancellationToken) => PostgresDatabaseCreator.CreateAsync(
                database, ready.Services.GetRequiredService<ResourceLoggerService>().GetLog(builder.Resource.Name), cancellationToken));
        return application.AddResource(database)
            .WithAnnotation(new ResourceRelationshipAnnotation(builder.Resource, "Parent"))
            .WithHealthCheck(key);
    }

    /// <summary>Keeps the data from run to run.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="name">The name of the volume; made of the names of application and resource unless given.</param>
    /// <param name="isReadOnly">Not possible for Postgres.</param>
    public static IResourceBuilder<PostgresServerResource> WithDataVolume(
        this IResourceBuilder<PostgresServerResource> builder, string? name = null, bool isReadOnly = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return isReadOnly
            ? throw new NotSupportedException("Postgres cannot run on read-only data.")
            : builder.WithAnnotation(new VolumeAnnotation(name ?? $"{builder.Resource.Name}-data"), ResourceAnnotationMutationBehavior.Replace);
    }

    /// <summary>Adds a web page to look into the databases. It needs a container engine, so here it is not added.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="configureContainer">Not called.</param>
    /// <param name="containerName">Not used.</param>
    public static IResourceBuilder<PostgresServerResource> WithPgWeb(
        this IResourceBuilder<PostgresServerResource> builder,
        Action<IResourceBuilder<PgWebContainerResource>>? configureContainer = null,
        string? containerName = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new IgnoredCallAnnotation("WithPgWeb"));
    }
}
