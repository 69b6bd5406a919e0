using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>A parameter: it runs when it has a value.</summary>
internal sealed class ParameterRunner(ParameterResource parameter, ResourceNotificationService notifications, ResourceLog log) : ResourceRunner(parameter)
{
    public override Task PublishInitialAsync() =>
        notifications.PublishUpdateAsync(parameter, s => s with { State = KnownResourceStates.NotStarted });

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            _ = parameter.Resolved;
            return notifications.PublishUpdateAsync(parameter, s => s with { State = KnownResourceStates.Running });
        }
        catch (Exception exception)
        {
            var variable = parameter.ConfigurationKey.Replace(":", "__", StringComparison.Ordinal).Replace('-', '_');
            log.Error(
                $"{exception.Message} Set it with the environment variable '{variable}', or with " +
                $"`dotnet user-secrets set {parameter.ConfigurationKey} <value>` in the AppHost's folder.");
            return notifications.PublishUpdateAsync(parameter, s => s with
            {
                State = new ResourceStateSnapshot(KnownResourceStates.FailedToStart, "error"),
                Problem = exception.Message,
            });
        }
    }

    public override Task StopAsync() => Task.CompletedTask;
}
