namespace Aspire.Hosting.ApplicationModel;

/// <summary>A command of a resource.</summary>
internal sealed class ResourceCommandAnnotation(
    string name,
    string displayName,
    CommandOptions options,
    Func<UpdateCommandStateContext, ResourceCommandState> updateState,
    Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand) : IResourceAnnotation
{
    public string Name { get; } = name;

    public string DisplayName { get; } = displayName;

    public CommandOptions Options { get; } = options;

    public Func<UpdateCommandStateContext, ResourceCommandState> UpdateState { get; } = updateState;

    public Func<ExecuteCommandContext, Task<ExecuteCommandResult>> ExecuteCommand { get; } = executeCommand;
}
