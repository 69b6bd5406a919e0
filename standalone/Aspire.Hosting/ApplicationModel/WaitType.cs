namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a resource waits for.</summary>
public enum WaitType
{
    /// <summary>Until the dependency runs and is healthy.</summary>
    WaitUntilHealthy = 0,

    /// <summary>Until the dependency has ended.</summary>
    WaitForCompletion = 1,
}
