using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Orchestration;

/// <summary>Holds a resource back until the resources it waits for are there.</summary>
internal sealed class WaitGate(ResourceNotificationService notifications, IOptions<ResourceNotificationServiceOptions> options)
{
    public static bool HasWaits(IResource resource) => resource.Annotations.OfType<WaitAnnotation>().Any();

    public Task WaitAsync(IResource resource, ResourceLog log, CancellationToken cancellationToken) =>
        Task.WhenAll(resource.Annotations.OfType<WaitAnnotation>()
            .DistinctBy(w => (w.Resource, w.WaitType))
            .Select(wait => wait.WaitType == WaitType.WaitForCompletion
                ? WaitForCompletionAsync(resource, wait, log, cancellationToken)
                : WaitUntilHealthyAsync(resource, wait, log, cancellationToken)));

    private async Task WaitUntilHealthyAsync(IResource resource, WaitAnnotation wait, ResourceLog log, CancellationToken cancellationToken)
    {
        var dependency = wait.Resource;
        var stops = (wait.WaitBehavior ?? options.Value.DefaultWaitBehavior) == WaitBehavior.StopOnResourceUnavailable;
        log.Info($"Waiting for resource '{dependency.Name}' to enter the '{KnownResourceStates.Running}' state.");
        var seen = await notifications.WaitForAllAsync(
            dependency,
            all => all.All(e => IsRunning(e.Snapshot)) || (stops && all.Any(e => ResourceNotificationService.IsUnavailable(e.Snapshot))),
            cancellationToken).ConfigureAwait(false);
        ThrowIfUnavailable(resource, dependency, seen);

        if (dependency.Annotations.OfType<HealthCheckAnnotation>().Any())
        {
            log.Info($"Waiting for resource '{dependency.Name}' to become healthy.");
        }

        seen = await notifications.WaitForAllAsync(
            dependency,
            all => all.All(e => ResourceNotificationService.IsReady(e.Snapshot)) || (stops && all.Any(e => ResourceNotificationService.IsUnavailable(e.Snapshot))),
            cancellationToken).ConfigureAwait(false);
        ThrowIfUnavailable(resource, dependency, seen);
        await Task.WhenAll(seen.Select(e => e.Snapshot.Ready!)).WaitAsync(cancellationToken).ConfigureAwait(false);
        log.Info($"Finished waiting for resource '{dependency.Name}'.");
    }

    private async Task WaitForCompletionAsync(IResource resource, WaitAnnotation wait, ResourceLog log, CancellationToken cancellationToken)
    {
        var dependency = wait.Resource;
        log.Info($"Waiting for resource '{dependency.Name}' to complete.");
        var seen = await notifications.WaitForAllAsync(dependency, all => all.All(e => HasEnded(e.Snapshot)), cancellationToken).ConfigureAwait(false);
        ThrowIfFailed(resource, dependency, seen.FirstOrDefault(e => e.Snapshot.State?.Text == KnownResourceStates.FailedToStart)?.Snapshot);
        if (seen.FirstOrDefault(e => e.Snapshot.ExitCode is { } code && code != wait.ExitCode)?.Snapshot is { } wrong)
        {
            throw new DistributedApplicationException(
                $"Resource '{resource.Name}' stopped waiting for dependency resource '{dependency.Name}' because it entered the '{wrong.State?.Text}' state with exit code '{wrong.ExitCode}', expected '{wait.ExitCode}'.");
        }

        log.Info($"Finished waiting for resource '{dependency.Name}'.");
    }

    private static bool IsRunning(CustomResourceSnapshot snapshot) => snapshot.State?.Text == KnownResourceStates.Running;

    private static bool HasEnded(CustomResourceSnapshot snapshot) =>
        snapshot.State?.Text is { } state && KnownResourceStates.TerminalStates.Contains(state);

    private static void ThrowIfUnavailable(IResource resource, IResource dependency, IReadOnlyList<ResourceEvent> seen) =>
        ThrowIfFailed(resource, dependency, seen.FirstOrDefault(e => ResourceNotificationService.IsUnavailable(e.Snapshot))?.Snapshot);

    private static void ThrowIfFailed(IResource resource, IResource dependency, CustomResourceSnapshot? failed)
    {
        if (failed is not null)
        {
            throw new DistributedApplicationException(
                $"Resource '{resource.Name}' stopped waiting for dependency resource '{dependency.Name}' because {ResourceNotificationService.Unavailable(failed)}");
        }
    }
}
