using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Orchestration;

/// <summary>The commands that every process has: start, stop, restart.</summary>
internal static class ProcessCommands
{
    public static void AddTo(IDistributedApplicationBuilder builder)
    {
        foreach (var resource in builder.Resources.Where(ResourceLauncher.HasProcess).ToList())
        {
            var process = builder.CreateResourceBuilder(resource);
            Add(process, KnownResourceCommands.StartCommand, "Start", start: true, stop: false, Unless(isRunning: true));
            Add(process, KnownResourceCommands.StopCommand, "Stop", start: false, stop: true, Unless(isRunning: false));
            Add(process, KnownResourceCommands.RestartCommand, "Restart", start: true, stop: true, Unless(isRunning: false));
        }
    }

    private static void Add(
        IResourceBuilder<IResource> resource, string name, string displayName, bool start, bool stop, Func<UpdateCommandStateContext, ResourceCommandState> state)
    {
        if (resource.Resource.Annotations.OfType<ResourceCommandAnnotation>().Any(c => c.Name == name))
        {
            return;
        }

        resource.WithCommand(
            name,
            displayName,
            async context =>
            {
                if (context.Services.GetRequiredService<AppOrchestrator>().Find(context.ResourceName) is not { } found)
                {
                    return CommandResults.Failure($"Resource '{context.ResourceName}' has not been started yet.");
                }

                if (stop)
                {
                    await found.Stop().ConfigureAwait(false);
                }

                if (start)
                {
                    await found.Start(context.CancellationToken).ConfigureAwait(false);
                }

                return CommandResults.Success();
            },
            new CommandOptions { UpdateState = state, IsHighlighted = true });
    }

    private static Func<UpdateCommandStateContext, ResourceCommandState> Unless(bool isRunning) => context =>
    {
        var state = context.ResourceSnapshot.State?.Text;
        var runs = state == KnownResourceStates.Running || state == KnownResourceStates.Starting || state == KnownResourceStates.Stopping;
        return runs == isRunning ? ResourceCommandState.Disabled : ResourceCommandState.Enabled;
    };
}
