using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Processes;

namespace Aspire.Hosting.Orchestration;

/// <summary>The local process that takes the place of a container.</summary>
internal sealed class LocalProcessAnnotation(Func<LocalProcessContext, Task<ProcessSpec>> prepare) : IResourceAnnotation
{
    /// <summary>Makes everything ready and says what to start.</summary>
    public Func<LocalProcessContext, Task<ProcessSpec>> Prepare { get; } = prepare;

    /// <summary>How the process is called in lists.</summary>
    public string? Source { get; set; }
}

/// <summary>What <see cref="LocalProcessAnnotation"/> needs to know.</summary>
internal sealed record LocalProcessContext(
    AppHostStorage Storage,
    ProcessKeeper Keeper,
    ResourceLog Log,
    IReadOnlyDictionary<string, string> Environment,
    TimeProvider Clock,
    CancellationToken CancellationToken);
