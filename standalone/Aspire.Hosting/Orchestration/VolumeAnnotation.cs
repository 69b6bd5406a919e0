using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>The data of the resource outlives the run.</summary>
internal sealed class VolumeAnnotation(string name) : IResourceAnnotation
{
    public string Name { get; } = name;
}
