using System.Reflection;

namespace Pamps.ApiService;

/// <summary>The build runs this program once to write the OpenAPI document: without servers, settings or secrets.</summary>
internal static class DesignTime
{
    /// <summary>Whether the build is asking for the document (the tool of Microsoft.Extensions.ApiDescription.Server).</summary>
    public static bool IsDocumentGeneration { get; } = Assembly.GetEntryAssembly()?.GetName().Name == "GetDocument.Insider";
}
