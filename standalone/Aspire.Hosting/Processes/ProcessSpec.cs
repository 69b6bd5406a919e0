namespace Aspire.Hosting.Processes;

/// <summary>A process to start.</summary>
internal sealed record ProcessSpec(string FileName, IReadOnlyList<string> Arguments, string WorkingDirectory)
{
    /// <summary>All of its environment; nothing else is inherited.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Who it runs as; null means the user of the AppHost.</summary>
    public UnprivilegedUser? User { get; init; }

    /// <summary>The signal that asks it to end.</summary>
    public int StopSignal { get; init; } = UnixProcess.Terminate;
}
