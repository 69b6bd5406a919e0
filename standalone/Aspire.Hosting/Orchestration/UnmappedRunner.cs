using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>A resource that only a container engine can start. It stays where it is, and says so once.</summary>
internal sealed class UnmappedRunner(IResource resource, bool isAwaited, ResourceNotificationService notifications, ResourceLog log) : ResourceRunner(resource)
{
    public override Task PublishInitialAsync()
    {
        // Variables that would name its address stay unset, so that whoever could use it goes on without.
        foreach (var endpoint in Resource.Annotations.OfType<EndpointAnnotation>())
        {
            endpoint.Allocated.TrySetResult(null);
        }

        return notifications.PublishUpdateAsync(Resource, s => s with
        {
            State = KnownResourceStates.NotStarted,
            Source = ResourceLauncher.Source(Resource),
        });
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        var problem = $"Resource '{Resource.Name}' needs a container engine and is not started by the standalone engine.";
        log.Write(problem, isError: isAwaited);

        // Those that wait for it would wait for ever.
        return isAwaited
            ? notifications.PublishUpdateAsync(Resource, s => s with { State = new ResourceStateSnapshot(KnownResourceStates.FailedToStart, "error"), Problem = problem })
            : Task.CompletedTask;
    }

    public override Task StopAsync() => Task.CompletedTask;
}
