namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource that the real engine runs as a container, and this one as a local process where it knows one.</summary>
public class ContainerResource(string name, string? entrypoint = null)
    : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport
{
    /// <summary>The command that replaces the image's own.</summary>
    public string? Entrypoint { get; set; } = entrypoint;
}
