namespace Aspire.Hosting;

/// <summary>
/// How a test gets hold of an AppHost that is started through its own entry point. The hook travels with the call:
/// the builder created below sees it, is held at <c>Build()</c> until the test has made its changes, and <c>Run()</c>
/// then does nothing but wait for the end of the test.
/// </summary>
internal sealed class EntryPointHook
{
    private static readonly AsyncLocal<EntryPointHook?> Local = new();

    /// <summary>The hook of the current call, or null when the AppHost was started by a person.</summary>
    public static EntryPointHook? Current
    {
        get => Local.Value;
        set => Local.Value = value;
    }

    /// <summary>The assembly of the AppHost; the entry assembly is the test runner's.</summary>
    public required System.Reflection.Assembly AppHost { get; init; }

    /// <summary>Where the AppHost's project is.</summary>
    public required string ProjectFolder { get; init; }

    /// <summary>Completes when the description is complete.</summary>
    public TaskCompletionSource<DistributedApplicationBuilder> Described { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completed by the test: the application may be built.</summary>
    public TaskCompletionSource MayBuild { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes with the application.</summary>
    public TaskCompletionSource<DistributedApplication> Built { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completed by the test: the entry point may return.</summary>
    public TaskCompletionSource MayReturn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
