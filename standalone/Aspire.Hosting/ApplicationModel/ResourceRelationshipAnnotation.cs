namespace Aspire.Hosting.ApplicationModel;

/// <summary>Ties a resource to another one, for display.</summary>
public sealed class ResourceRelationshipAnnotation(IResource resource, string type) : IResourceAnnotation
{
    /// <summary>The other resource.</summary>
    public IResource Resource { get; } = resource ?? throw new ArgumentNullException(nameof(resource));

    /// <summary>The kind of tie: <c>Reference</c>, <c>WaitFor</c>, <c>Parent</c>.</summary>
    public string Type { get; } = type ?? throw new ArgumentNullException(nameof(type));
}
