namespace Aspire.Hosting.ApplicationModel;

/// <summary>Changes the address of an endpoint, or adds one, once it is allocated.</summary>
internal sealed class UrlForEndpointAnnotation(string endpointName, Action<EndpointReference, List<ResourceUrlAnnotation>> callback) : IResourceAnnotation
{
    public string EndpointName { get; } = endpointName;

    public Action<EndpointReference, List<ResourceUrlAnnotation>> Callback { get; } = callback;
}
