namespace Aspire.Hosting.ApplicationModel;

/// <summary>The states of a resource; the text of each equals its name.</summary>
public static class KnownResourceStates
{
    /// <summary>Nobody has asked for it yet.</summary>
    public static readonly string NotStarted = nameof(NotStarted);

    /// <summary>It is being started.</summary>
    public static readonly string Starting = nameof(Starting);

    /// <summary>It waits for other resources.</summary>
    public static readonly string Waiting = nameof(Waiting);

    /// <summary>It is being built.</summary>
    public static readonly string Building = nameof(Building);

    /// <summary>It runs.</summary>
    public static readonly string Running = nameof(Running);

    /// <summary>The container engine is not well.</summary>
    public static readonly string RuntimeUnhealthy = nameof(RuntimeUnhealthy);

    /// <summary>A parameter has no value.</summary>
    public static readonly string ValueMissing = nameof(ValueMissing);

    /// <summary>It is there without being a process.</summary>
    public static readonly string Active = nameof(Active);

    /// <summary>It is being stopped.</summary>
    public static readonly string Stopping = nameof(Stopping);

    /// <summary>Its process has ended, with whatever exit code.</summary>
    public static readonly string Finished = nameof(Finished);

    /// <summary>It could not be started.</summary>
    public static readonly string FailedToStart = nameof(FailedToStart);

    /// <summary>Its container has ended.</summary>
    public static readonly string Exited = nameof(Exited);

    /// <summary>The states that a resource does not leave by itself.</summary>
    public static readonly IReadOnlyList<string> TerminalStates = [Finished, FailedToStart, Exited];
}
