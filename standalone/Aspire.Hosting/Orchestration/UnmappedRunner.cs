using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>A resource that only a container engine can start. It stays where it is, and says so once.</summary>
internal sealed class UnmappedRunner(IResource resource, ResourceNotificationService notifications, ResourceLog log) : ResourceRunner(resource)
{
    public override Task PublishInitialAsync() => notifications.PublishUpdateAsync(Resource, s => s with
    {
        State = KnownResourceStates.NotStarted,
        Source = ResourceLauncher.Source(Resource),
    });

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        log.Error($"Resource '{Resource.Name}' needs a container engine and is not started by the standalone engine.");
        return Task.CompletedTask;
    }

    public override Task StopAsync() => Task.CompletedTask;
}
