using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>A resource that lives inside another one and shares its state, as a database does with its server.</summary>
internal sealed class ChildRunner(IResource resource, IResource parent, ResourceNotificationService notifications, CancellationToken stopped)
    : ResourceRunner(resource)
{
    public override async Task PublishInitialAsync()
    {
        await CopyStateAsync(KnownResourceStates.NotStarted).ConfigureAwait(false);
        _ = FollowAsync();
    }

    public override Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task StopAsync() => Task.CompletedTask;

    private async Task FollowAsync()
    {
        try
        {
            var last = KnownResourceStates.NotStarted;
            while (true)
            {
                var seen = await notifications.WaitForAllAsync(parent, all => all[0].Snapshot.State?.Text != last, stopped).ConfigureAwait(false);
                last = seen[0].Snapshot.State?.Text;
                await CopyStateAsync(last).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The application stops.
        }
    }

    private Task CopyStateAsync(string? state) => notifications.PublishUpdateAsync(Resource, s => s with
    {
        State = state,
        Ready = state == KnownResourceStates.Running ? s.Ready : null,
        HealthReports = state == KnownResourceStates.Running
            ? s.HealthReports
            : [.. Resource.Annotations.OfType<HealthCheckAnnotation>().Select(a => new HealthReportSnapshot(a.Key, Status: null, Description: null, ExceptionText: null))],
    });
}
