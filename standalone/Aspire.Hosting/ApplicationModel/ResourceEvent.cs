namespace Aspire.Hosting.ApplicationModel;

/// <summary>A change of a resource.</summary>
public class ResourceEvent(IResource resource, string resourceId, CustomResourceSnapshot snapshot)
{
    /// <summary>The resource.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>The id: the name, or for one of several replicas the name and a suffix.</summary>
    public string ResourceId { get; } = resourceId;

    /// <summary>The resource after the change.</summary>
    public CustomResourceSnapshot Snapshot { get; } = snapshot;
}
