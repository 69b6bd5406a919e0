using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>An address of a resource.</summary>
/// <param name="Name">The name of its endpoint.</param>
/// <param name="Url">The address.</param>
/// <param name="IsInternal">Whether it is shown in the details only.</param>
[SuppressMessage("Design", "CA1054:URI-like parameters should not be strings", Justification = "The signature is Aspire's.")]
[SuppressMessage("Design", "CA1056:URI-like properties should not be strings", Justification = "The signature is Aspire's.")]
public sealed record UrlSnapshot(string? Name, string Url, bool IsInternal)
{
    /// <summary>How it is shown.</summary>
    public UrlDisplayPropertiesSnapshot DisplayProperties { get; init; } = new();

    /// <summary>Whether nothing answers there at the moment.</summary>
    public bool IsInactive { get; init; }
}
