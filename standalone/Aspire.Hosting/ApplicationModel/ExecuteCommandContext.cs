using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a command needs to run.</summary>
public sealed class ExecuteCommandContext
{
    /// <summary>The services of the AppHost.</summary>
    public required IServiceProvider Services { get; init; }

    /// <summary>The resource's name, or the id of one of its replicas.</summary>
    public required string ResourceName { get; init; }

    /// <summary>Ends when the command is given up.</summary>
    public required CancellationToken CancellationToken { get; init; }

    /// <summary>The log of the resource.</summary>
    public required ILogger Logger { get; init; }
}
