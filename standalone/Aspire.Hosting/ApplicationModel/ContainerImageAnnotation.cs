namespace Aspire.Hosting.ApplicationModel;

/// <summary>The container image of a resource.</summary>
public sealed class ContainerImageAnnotation : IResourceAnnotation
{
    /// <summary>The name of the image.</summary>
    public required string Image { get; set; }

    /// <summary>The tag.</summary>
    public string? Tag { get; set; }
}
