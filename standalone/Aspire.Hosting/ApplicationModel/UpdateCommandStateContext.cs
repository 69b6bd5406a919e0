namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a command needs to know to say whether it can be chosen.</summary>
public sealed class UpdateCommandStateContext
{
    /// <summary>The resource as it is now.</summary>
    public required CustomResourceSnapshot ResourceSnapshot { get; init; }

    /// <summary>The services of the AppHost.</summary>
    public required IServiceProvider Services { get; init; }
}
