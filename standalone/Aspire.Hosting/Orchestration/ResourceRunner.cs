using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>Starts and stops one resource of whatever kind.</summary>
internal abstract class ResourceRunner(IResource resource)
{
    public IResource Resource { get; } = resource;

    public bool IsExplicit => Resource.Annotations.OfType<ExplicitStartupAnnotation>().Any();

    /// <summary>Makes the resource known before anything starts.</summary>
    public abstract Task PublishInitialAsync();

    /// <summary>Starts the resource and returns when it runs or has failed to start.</summary>
    public abstract Task StartAsync(CancellationToken cancellationToken);

    public abstract Task StopAsync();
}
