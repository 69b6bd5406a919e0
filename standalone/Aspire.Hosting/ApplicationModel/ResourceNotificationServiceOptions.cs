namespace Aspire.Hosting.ApplicationModel;

/// <summary>Settings of <see cref="ResourceNotificationService"/>.</summary>
public sealed class ResourceNotificationServiceOptions
{
    /// <summary>What waiting resources do when a dependency cannot become available and the wait does not say.</summary>
    public WaitBehavior DefaultWaitBehavior { get; set; }
}
