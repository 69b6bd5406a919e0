using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Runs the commands of resources.</summary>
public class ResourceCommandService
{
    private readonly IServiceProvider _services;

    internal ResourceCommandService(IServiceProvider services) => _services = services;

    /// <summary>Runs a command of a resource.</summary>
    /// <param name="resourceId">The name of the resource, or the id of one of its replicas.</param>
    /// <param name="commandName">The name of the command.</param>
    /// <param name="cancellationToken">Gives the command up.</param>
    public Task<ExecuteCommandResult> ExecuteCommandAsync(string resourceId, string commandName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(resourceId);
        ArgumentNullException.ThrowIfNull(commandName);
        var resource = _services.GetRequiredService<ResourceNotificationService>().TryGetCurrentState(resourceId, out var current)
            ? current.Resource
            : _services.GetRequiredService<DistributedApplicationModel>().Resources.TryGetByName(resourceId, out var named) ? named : null;
        return resource is null
            ? Task.FromResult(CommandResults.Failure($"Resource '{resourceId}' not found."))
            : ExecuteAsync(resource, resourceId, commandName, cancellationToken);
    }

    /// <summary>Runs a command of a resource.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="commandName">The name of the command.</param>
    /// <param name="cancellationToken">Gives the command up.</param>
    public Task<ExecuteCommandResult> ExecuteCommandAsync(IResource resource, string commandName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(commandName);
        return ExecuteAsync(resource, resource.Name, commandName, cancellationToken);
    }

    private async Task<ExecuteCommandResult> ExecuteAsync(IResource resource, string resourceId, string commandName, CancellationToken cancellationToken)
    {
        var command = resource.Annotations.OfType<ResourceCommandAnnotation>().LastOrDefault(c => c.Name == commandName);
        if (command is null)
        {
            return CommandResults.Failure($"Command '{commandName}' is not available for resource '{resourceId}'.");
        }

        var context = new ExecuteCommandContext
        {
            Services = _services,
            ResourceName = resourceId,
            CancellationToken = cancellationToken,
            Logger = _services.GetRequiredService<ResourceLoggerService>().GetLogger(resource),
        };
        try
        {
            return await command.ExecuteCommand(context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return CommandResults.Canceled();
        }
        catch (Exception exception)
        {
            return CommandResults.Failure(exception);
        }
    }
}
