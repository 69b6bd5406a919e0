namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a waiting resource does when its dependency cannot become available.</summary>
public enum WaitBehavior
{
    /// <summary>It goes on waiting: the dependency may be repaired and restarted.</summary>
    WaitOnResourceUnavailable = 0,

    /// <summary>It gives up and fails to start.</summary>
    StopOnResourceUnavailable = 1,
}
