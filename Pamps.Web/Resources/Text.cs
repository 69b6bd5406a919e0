using System.Globalization;
using Microsoft.Extensions.Localization;

namespace Pamps.Web.Resources;

/// <summary>Names the resources with every sentence of the site: <c>Text.resx</c> and <c>Text.pt-BR.resx</c>.</summary>
public sealed class Text;

/// <summary>What sentences need besides their words.</summary>
internal static class TextExtensions
{
    /// <summary>
    /// A sentence with a count, in the plural form of the language (CLDR): Portuguese counts 0 and 1 as one, English only 1.
    /// </summary>
    /// <param name="text">The resources.</param>
    /// <param name="name">The name of the sentence without <c>.one</c> or <c>.other</c>.</param>
    /// <param name="count">How many.</param>
    public static string Count(this IStringLocalizer text, string name, long count)
    {
        var one = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "pt" ? count is 0 or 1 : count == 1;
        return text[$"{name}.{(one ? "one" : "other")}", count.ToString("N0", CultureInfo.CurrentCulture)];
    }
}
