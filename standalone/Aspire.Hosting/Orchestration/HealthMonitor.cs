using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Orchestration;

/// <summary>
/// Runs the health checks of one resource while it runs, and announces once per start that it is ready: at once when
/// it has no checks, else with the first healthy answer.
/// </summary>
internal sealed class HealthMonitor(
    IResource resource,
    ResourceNotificationService notifications,
    HealthCheckService checks,
    IDistributedApplicationEventing eventing,
    IServiceProvider services,
    ResourceLog log,
    TimeProvider clock)
{
    // Short at the start, where someone waits for the answer; then longer, up to what Aspire does.
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestUnhealthy = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Healthy = TimeSpan.FromSeconds(30);

    private readonly HashSet<string> _keys = [.. resource.Annotations.OfType<HealthCheckAnnotation>().Select(a => a.Key)];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await notifications.WaitForAllAsync(resource, all => all.All(IsRunning), cancellationToken).ConfigureAwait(false);
                await WatchAsync(cancellationToken).ConfigureAwait(false);
                await notifications.WaitForAllAsync(resource, all => !all.All(IsRunning), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The application stops.
        }
    }

    private static bool IsRunning(ResourceEvent e) => e.Snapshot.State?.Text == KnownResourceStates.Running;

    /// <summary>Checks until the resource does not run any more.</summary>
    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        if (_keys.Count == 0)
        {
            await AnnounceReadyAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        using var running = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ended = EndWithResourceAsync(running);
        var announced = false;
        var interval = First;
        using var timer = new PeriodicTimer(interval, clock);
        try
        {
            do
            {
                var isHealthy = await CheckAsync(running.Token).ConfigureAwait(false);
                if (isHealthy && !announced)
                {
                    announced = true;
                    await AnnounceReadyAsync(running.Token).ConfigureAwait(false);
                }

                interval = isHealthy ? Healthy : announced ? First : Shorter(interval * 1.1, LongestUnhealthy);
                timer.Period = interval;
            }
            while (await timer.WaitForNextTickAsync(running.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The resource does not run any more.
        }

        await ended.ConfigureAwait(false);
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private async Task EndWithResourceAsync(CancellationTokenSource running)
    {
        Task notRunning = notifications.WaitForAllAsync(resource, all => !all.All(IsRunning), running.Token);
        await notRunning.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await running.CancelAsync().ConfigureAwait(false);
    }

    private async Task<bool> CheckAsync(CancellationToken cancellationToken)
    {
        var report = await checks.CheckHealthAsync(registration => _keys.Contains(registration.Name), cancellationToken).ConfigureAwait(false);
        var reports = _keys.Select(key => report.Entries.TryGetValue(key, out var entry)
            ? new HealthReportSnapshot(key, entry.Status, entry.Description, entry.Exception?.ToString()) { LastRunAt = clock.GetUtcNow().UtcDateTime }
            : new HealthReportSnapshot(key, HealthStatus.Unhealthy, $"No health check is registered under the name '{key}'.", ExceptionText: null));
        foreach (var replica in notifications.Current(resource))
        {
            await notifications.PublishUpdateAsync(
                resource,
                replica.ResourceId,
                snapshot => IsRunning(replica) ? snapshot with { HealthReports = [.. reports] } : snapshot).ConfigureAwait(false);
        }

        return report.Entries.Count == _keys.Count && report.Status == HealthStatus.Healthy;
    }

    private async Task AnnounceReadyAsync(CancellationToken cancellationToken)
    {
        var handlers = PublishAsync();
        foreach (var replica in notifications.Current(resource))
        {
            await notifications.PublishUpdateAsync(resource, replica.ResourceId, snapshot => snapshot with { Ready = handlers }).ConfigureAwait(false);
        }

        async Task PublishAsync()
        {
            try
            {
                await eventing.PublishAsync(new ResourceReadyEvent(resource, services), cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                log.Error($"A handler of the ready event of resource '{resource.Name}' failed: {exception}");
                throw;
            }
        }
    }
}
