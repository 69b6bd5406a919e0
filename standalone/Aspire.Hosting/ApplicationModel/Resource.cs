namespace Aspire.Hosting.ApplicationModel;

/// <summary>The usual base of a resource.</summary>
public abstract class Resource : IResource
{
    /// <summary>Creates a resource of this name.</summary>
    /// <param name="name">1 to 64 ASCII letters, digits and single hyphens; first a letter, last no hyphen.</param>
    protected Resource(string name)
    {
        ResourceName.Check(name);
        Name = name;
    }

    /// <inheritdoc />
    public virtual string Name { get; }

    /// <inheritdoc />
    public virtual ResourceAnnotationCollection Annotations { get; } = [];
}
