using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Localization;
using Pamps.Web.Auth;
using Pamps.Web.Components;

namespace Pamps.Web.Localization;

/// <summary>Which language a page speaks: the account's, else the cookie's, else the browser's, else English.</summary>
internal static class LanguageExtensions
{
    /// <summary>Brazilian Portuguese.</summary>
    public const string Portuguese = "pt-BR";

    /// <summary>English.</summary>
    public const string English = "en";

    /// <summary>Every language of the site.</summary>
    public static readonly string[] All = [Portuguese, English];

    /// <summary>Adds the resources and the choice.</summary>
    public static void AddLanguages(this WebApplicationBuilder builder)
    {
        builder.Services.AddLocalization();
        builder.Services.Configure<RequestLocalizationOptions>(options =>
        {
            CultureInfo[] cultures = [new(English), new(Portuguese)];
            options.DefaultRequestCulture = new(English);
            options.SupportedCultures = cultures;
            options.SupportedUICultures = cultures;
            options.RequestCultureProviders = [new CustomRequestCultureProvider(context => Task.FromResult<ProviderCultureResult?>(new(Choose(context))))];
        });
    }

    /// <summary>The language for a request.</summary>
    public static string Choose(HttpContext context) =>
        Known(context.User.FindFirstValue(SessionClaims.Language))
        ?? Known(context.Request.Cookies[Visitor.LanguageCookie])
        ?? context.Request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(language => language.Quality ?? 1)
            .Select(language => Spoken(language.Value.Value))
            .FirstOrDefault(language => language is not null)
        ?? English;

    private static string? Known(string? language) => All.FirstOrDefault(known => known == language);

    // Any Portuguese is better served by the Brazilian one than by English.
    private static string? Spoken(string? language) => language switch
    {
        null => null,
        _ when language.StartsWith("pt", StringComparison.OrdinalIgnoreCase) => Portuguese,
        _ when language.StartsWith("en", StringComparison.OrdinalIgnoreCase) => English,
        _ => null,
    };
}
