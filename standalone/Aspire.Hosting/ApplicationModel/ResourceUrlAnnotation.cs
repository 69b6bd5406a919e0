using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>An address of a resource, for display.</summary>
public sealed class ResourceUrlAnnotation : IResourceAnnotation
{
    /// <summary>The address; a path alone is completed with the endpoint's address.</summary>
    [SuppressMessage("Design", "CA1056:URI-like properties should not be strings", Justification = "The signature is Aspire's.")]
    public required string Url { get; set; }

    /// <summary>The text of the link.</summary>
    public string? DisplayText { get; set; }

    /// <summary>The endpoint that the address belongs to.</summary>
    public EndpointReference? Endpoint { get; init; }

    /// <summary>Where it is shown.</summary>
    public UrlDisplayLocation DisplayLocation { get; set; }
}
