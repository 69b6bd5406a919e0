namespace Pamps.ApiService.Http;

/// <summary>The OpenAPI document and the pages that show it.</summary>
internal static class Documents
{
    /// <summary>Adds the document.</summary>
    /// <param name="builder">The application's builder.</param>
    public static void AddDocuments(this IHostApplicationBuilder builder) => builder.Services.AddOpenApi();

    /// <summary>Maps the document and its pages.</summary>
    /// <param name="app">The application.</param>
    public static void MapDocuments(this WebApplication app) => app.MapOpenApi("/openapi.json");
}
