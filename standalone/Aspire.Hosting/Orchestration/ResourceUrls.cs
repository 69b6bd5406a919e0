using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>The addresses of a resource as they are shown.</summary>
internal static class ResourceUrls
{
    public static ImmutableArray<UrlSnapshot> Of(IResource resource)
    {
        if (resource is not IResourceWithEndpoints owner)
        {
            return [];
        }

        var shown = new List<ResourceUrlAnnotation>();
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>().Where(e => e.AllocatedEndpoint is not null))
        {
            var reference = new EndpointReference(owner, endpoint);
            var urls = new List<ResourceUrlAnnotation> { new() { Url = reference.Url, Endpoint = reference } };
            foreach (var change in resource.Annotations.OfType<UrlForEndpointAnnotation>()
                .Where(c => string.Equals(c.EndpointName, endpoint.Name, StringComparison.OrdinalIgnoreCase)))
            {
                change.Callback(reference, urls);
            }

            shown.AddRange(urls.Select(url => new ResourceUrlAnnotation
            {
                Url = url.Url.StartsWith('/') ? reference.Url + url.Url : url.Url,
                DisplayText = url.DisplayText,
                DisplayLocation = url.DisplayLocation,
                Endpoint = reference,
            }));
        }

        return
        [
            .. shown.Select(url => new UrlSnapshot(url.Endpoint!.EndpointName, url.Url, url.DisplayLocation == UrlDisplayLocation.DetailsOnly)
            {
                DisplayProperties = new UrlDisplayPropertiesSnapshot(url.DisplayText ?? ""),
            }),
        ];
    }
}
