using System.ComponentModel.DataAnnotations;
using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Pamps.ApiService.Contracts;

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
            // A number in quotes is a mistake of the client, and a schema that allows both is hard to program against.
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            options.SerializerOptions.AllowDuplicateProperties = false;
            options.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            options.SerializerOptions.Converters.Add(new InstantConverter());
            // Leaves letters of all languages as they are; the answers are never embedded in HTML.
            options.SerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, PampsJson.Default.WithAddedModifier(LeaveMissingMembersToValidation));
        });

    /// <summary>Validation names every missing member together with all others that break a rule; the reader would stop at the first.</summary>
    private static void LeaveMissingMembersToValidation(JsonTypeInfo type)
    {
        foreach (var member in type.Properties.Where(member => member.IsRequired && member.AttributeProvider?.IsDefined(typeof(RequiredAttribute), inherit: true) is true))
        {
            member.IsRequired = false;
        }
    }
}
