using System.Text.RegularExpressions;

namespace Pamps.ApiService.Features.Posts;

/// <summary>The language of a text as a tag of BCP 47, such as <c>pt-BR</c>: its shape is checked, not whether it is registered.</summary>
internal static partial class PostLanguage
{
    public const string Rule = "Must be a language tag of BCP 47, such as pt-BR.";

    public static bool TryClean(string? input, out string? lang)
    {
        lang = string.IsNullOrEmpty(input) ? null : input;
        return lang is null || Tag().IsMatch(lang);
    }

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();
}
