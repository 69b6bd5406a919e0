using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>The launch profile that was chosen for a project.</summary>
internal sealed class LaunchProfileAnnotation(LaunchProfile profile) : IResourceAnnotation
{
    public LaunchProfile Profile { get; } = profile;
}
