using System.Globalization;
using System.Security.Claims;
using Microsoft.Extensions.Localization;
using Pamps.Web.Auth;
using Pamps.Web.Components;
using Pamps.Web.Resources;

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

    // One object of each: a culture caches its formats, and making them again for every request costs more than using them.
    private static readonly Dictionary<string, CultureInfo> Cultures = All.ToDictionary(name => name, name => CultureInfo.ReadOnly(new(name)));

    /// <summary>Adds the sentences.</summary>
    public static void AddLanguages(this WebApplicationBuilder builder) =>
        builder.Services.AddSingleton<IStringLocalizer<Text>, LoadedText>();

    /// <summary>Lets what follows speak the visitor's language; after authentication, since an account may have chosen one.</summary>
    public static void UseLanguages(this WebApplication app) =>
        app.Use((context, next) =>
        {
            Speak(context);
            return next(context);
        });

    /// <summary>Sets the language of the present request.</summary>
    public static void Speak(HttpContext context) =>
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Cultures[Choose(context)];

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
