using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting;

/// <summary>Notices while the application starts that it never will: something failed to start, or ended although others wait for it.</summary>
internal static class StartFailure
{
    /// <summary>Completes with what to tell the user.</summary>
    public static async Task<string> WatchAsync(DistributedApplication application, CancellationToken cancellationToken)
    {
        var model = application.Services.GetRequiredService<DistributedApplicationModel>();
        await foreach (var change in application.ResourceNotifications.WatchAsync(cancellationToken).ConfigureAwait(false))
        {
            if (Describe(change, model) is { } failure)
            {
                return failure;
            }
        }

        throw new OperationCanceledException(cancellationToken);
    }

    private static string? Describe(ResourceEvent change, DistributedApplicationModel model)
    {
        var (name, snapshot) = (change.ResourceId, change.Snapshot);
        if (snapshot.State?.Text == KnownResourceStates.FailedToStart)
        {
            return $"The application cannot start: resource '{name}' failed to start. {snapshot.Problem}";
        }

        // Those that wait for its end judge the exit code themselves.
        var waiting = model.Resources
            .Where(r => r.Annotations.OfType<WaitAnnotation>().Any(w => w.Resource == change.Resource && w.WaitType == WaitType.WaitUntilHealthy))
            .Select(r => $"'{r.Name}'")
            .ToList();
        return waiting.Count > 0 && snapshot.ExitCode is { } exitCode && ResourceNotificationService.IsUnavailable(snapshot)
            ? $"The application cannot start: resource '{name}' ended with exit code {exitCode}, and {string.Join(", ", waiting)} waits for it. See its log above."
            : null;
    }
}
