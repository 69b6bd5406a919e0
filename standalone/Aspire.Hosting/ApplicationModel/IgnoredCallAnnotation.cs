namespace Aspire.Hosting.ApplicationModel;

/// <summary>A call that only means something to containers; it is mentioned once in the log of the resource.</summary>
internal sealed class IgnoredCallAnnotation(string call) : IResourceAnnotation
{
    public string Call { get; } = call;
}
