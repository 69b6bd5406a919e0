using System.Security.Cryptography;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Processes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>
/// Starts the resources of the model, each as soon as what it waits for is there, watches over them, and stops them
/// in the opposite order.
/// </summary>
internal sealed partial class AppOrchestrator(
    DistributedApplicationModel model,
    ResourceNotificationService notifications,
    ResourceLoggerService logs,
    IDistributedApplicationEventing eventing,
    HealthCheckService healthChecks,
    ResourceLauncher launcher,
    WaitGate waits,
    ProcessKeeper keeper,
    AppHostStorage storage,
    IConfiguration configuration,
    IServiceProvider services,
    ILogger<AppOrchestrator> ownLog,
    TimeProvider clock) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopped = new();
    private readonly List<ResourceRunner> _runners = [];
    private readonly List<Task> _monitors = [];

    /// <summary>Starts everything; returns when every resource runs or has failed to start.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        using var starting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopped.Token);
        await keeper.CleanUpAsync(count => CleanedUp(ownLog, count), starting.Token).ConfigureAwait(false);
        await eventing.PublishAsync(new BeforeStartEvent(services, model), starting.Token).ConfigureAwait(false);

        var randomize = configuration.GetValue("DcpPublisher:RandomizePorts", defaultValue: false);
        foreach (var resource in model.Resources.ToList())
        {
            _runners.Add(CreateRunner(resource, randomize));
        }

        foreach (var runner in _runners)
        {
            await AnnounceAsync(runner, starting.Token).ConfigureAwait(false);
            _monitors.Add(new HealthMonitor(runner.Resource, notifications, healthChecks, eventing, services, logs.GetLog(runner.Resource.Name), clock).RunAsync(_stopped.Token));
        }

        await Task.WhenAll(_runners.Where(r => !r.IsExplicit).Select(r => r.StartAsync(starting.Token))).ConfigureAwait(false);
        starting.Token.ThrowIfCancellationRequested();
        await eventing.PublishAsync(new AfterResourcesCreatedEvent(services, model), starting.Token).ConfigureAwait(false);
    }

    public async Task StopAsync()
    {
        foreach (var group in DependencyOrder.StopOrder([.. _runners.Select(r => r.Resource)]))
        {
            await Task.WhenAll(_runners.Where(r => group.Contains(r.Resource)).Select(r => r.StopAsync())).ConfigureAwait(false);
        }

        await _stopped.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_monitors).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await keeper.DisposeAsync().ConfigureAwait(false);
        storage.Close();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_stopped.IsCancellationRequested)
        {
            await StopAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Finds a resource, or the replica of this id, to start or stop it by command.</summary>
    public (Func<CancellationToken, Task> Start, Func<Task> Stop)? Find(string resourceId)
    {
        foreach (var runner in _runners)
        {
            if (string.Equals(runner.Resource.Name, resourceId, StringComparison.OrdinalIgnoreCase))
            {
                return (runner.StartAsync, runner.StopAsync);
            }

            if (runner is ProcessRunner process && process.Replicas.FirstOrDefault(r => r.Id == resourceId) is { } replica)
            {
                return (replica.StartAsync, replica.StopAsync);
            }
        }

        return null;
    }

    [LoggerMessage(1, LogLevel.Warning, "Ended {Count} process(es) that an earlier run had left when it was killed.")]
    private static partial void CleanedUp(ILogger log, int count);

    private async Task AnnounceAsync(ResourceRunner runner, CancellationToken cancellationToken)
    {
        var resource = runner.Resource;
        foreach (var ignored in resource.Annotations.OfType<IgnoredCallAnnotation>())
        {
            logs.GetLog(resource.Name).Info($"{ignored.Call} only concerns containers and is ignored by the standalone engine.");
        }

        if (resource is IResourceWithEndpoints)
        {
            await eventing.PublishAsync(new ResourceEndpointsAllocatedEvent(resource, services), cancellationToken).ConfigureAwait(false);
        }

        if (resource is IResourceWithConnectionString)
        {
            await eventing.PublishAsync(new ConnectionStringAvailableEvent(resource, services), cancellationToken).ConfigureAwait(false);
        }

        await runner.PublishInitialAsync().ConfigureAwait(false);
    }

    private ResourceRunner CreateRunner(IResource resource, bool randomize)
    {
        var log = logs.GetLog(resource.Name);
        if (resource is ParameterResource parameter)
        {
            return new ParameterRunner(parameter, notifications, log);
        }

        if (resource is IResourceWithParent { Parent: var parent } && !ResourceLauncher.HasProcess(resource))
        {
            return new ChildRunner(resource, parent, notifications, _stopped.Token);
        }

        if (!ResourceLauncher.HasProcess(resource))
        {
            var isAwaited = model.Resources.Any(r => r.Annotations.OfType<WaitAnnotation>().Any(w => w.Resource == resource));
            return new UnmappedRunner(resource, isAwaited, notifications, log);
        }

        var replicas = resource.Annotations.OfType<ReplicaAnnotation>().LastOrDefault()?.Replicas ?? 1;
        var endpoints = EndpointAllocation.Allocate(resource, replicas, randomize);
        var processes = Enumerable.Range(0, replicas).Select(index => new ProcessReplica(
            resource,
            replicas == 1 ? resource.Name : $"{resource.Name}-{RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 8)}",
            index,
            endpoints,
            launcher,
            waits,
            keeper,
            notifications,
            eventing,
            services,
            log,
            clock));
        return new ProcessRunner(resource, endpoints, [.. processes], notifications);
    }
}
