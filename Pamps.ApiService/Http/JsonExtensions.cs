using System.Text.Json.Serialization;

namespace Pamps.ApiService.Http;

internal static class JsonExtensions
{
    /// <summary>Sets how bodies are read and written; types absent from <see cref="PampsJson"/> fall back to reflection.</summary>
    /// <param name="services">The services.</param>
    public static void AddPampsJson(this IServiceCollection services) =>
        services.ConfigureHttpJsonOptions(options =>
        {
            // 32 is deeper than any body of ours; a hostile one must not cost a deep stack.
            options.SerializerOptions.MaxDepth = 32;
            options.SerializerOptions.AllowDuplicateProperties = false;
            options.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, PampsJson.Default);
        });
}
