using System.Globalization;
using System.Text;

namespace Pamps.ApiService.Features.Search;

/// <summary>
/// What a person typed into the search box. Raw input: <c>café "pão de queijo" author:ana tag:#receitas after:2026-01-01 -açúcar</c>.
/// <code>
/// query  = *( blank / phrase / filter / word )
/// phrase = ["-"] DQUOTE *any DQUOTE           ; found letter by letter, whatever the case; an open quote ends with the query
/// filter = ( "author:" / "from:" ) name       ; also with @
///        / "tag:" tag                         ; also with #
///        / ( "before:" / "until:" ) day       ; written before that day (UTC)
///        / ( "after:" / "since:" ) day        ; written on that day or later
///        / "lang:" tag                        ; as the author stated it
/// word   = ["-"] 1*nonblank
/// </code>
/// Words and phrases are also left to <c>websearch_to_tsquery</c>, which accepts any input. A filter whose value cannot be
/// read is refused by name: to ignore it would answer another question.
/// </summary>
internal sealed class SearchQuery
{
    /// <summary>Longest query, in characters.</summary>
    public const int LengthMax = 500;

    /// <summary>Words and phrases, for the full-text parser; empty when there are only filters.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Phrases that must occur literally.</summary>
    public List<string> Phrases { get; } = [];

    public string? Author { get; set; }

    public string? Tag { get; set; }

    /// <summary>Written before this instant.</summary>
    public DateTimeOffset? Before { get; set; }

    /// <summary>Written at this instant or later.</summary>
    public DateTimeOffset? After { get; set; }

    public string? Lang { get; set; }

    /// <summary>Nothing was asked for.</summary>
    public bool IsEmpty => Text.Length == 0 && Author is null && Tag is null && Before is null && After is null && Lang is null;

    /// <summary>Reads a query; false with the reason.</summary>
    public static bool TryParse(string input, out SearchQuery query, out string problem)
    {
        query = new SearchQuery();
        problem = "";
        if (input.Length > LengthMax || input.Contains('\0', StringComparison.Ordinal))
        {
            problem = $"Must be at most {LengthMax} characters of valid Unicode.";
            return false;
        }

        try
        {
            input = input.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            problem = "Must be valid Unicode.";
            return false;
        }

        var words = new List<string>();
        foreach (var part in Split(input))
        {
            if (part.StartsWith('"'))
            {
                var phrase = part.Trim('"').Trim();
                if (phrase.Length > 0)
                {
                    query.Phrases.Add(phrase);
                    words.Add($"\"{phrase}\"");
                }
            }
            else if (part.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && !part.StartsWith('-') &&
                query.TrySet(part[..colon].ToLowerInvariant(), part[(colon + 1)..], out var understood))
            {
                if (!understood)
                {
                    problem = $"{part[..colon]}: cannot be read; days are written 2026-01-31.";
                    return false;
                }
            }
            else
            {
                words.Add(part);
            }
        }

        query.Text = string.Join(' ', words);
        return true;
    }

    /// <summary>Reads a day or an instant, in UTC when nothing else is said.</summary>
    public static bool TryReadInstant(string text, out DateTimeOffset instant) => DateTimeOffset.TryParse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out instant);

    /// <summary>True when the name is a filter's; then <paramref name="understood"/> says whether its value could be read.</summary>
    private bool TrySet(string name, string value, out bool understood)
    {
        understood = value.Length > 0;
        switch (name)
        {
            case "author" or "from":
                Author = value.TrimStart('@').ToLowerInvariant();
                return true;
            case "tag":
                Tag = value.TrimStart('#').ToLowerInvariant();
                return true;
            case "lang":
                Lang = value;
                return true;
            case "before" or "until":
                understood = TryReadInstant(value, out var before);
                Before = before;
                return true;
            case "after" or "since":
                understood = TryReadInstant(value, out var after);
                After = after;
                return true;
            default:
                return false;
        }
    }

    private static IEnumerable<string> Split(string input)
    {
        for (var place = 0; place < input.Length;)
        {
            if (char.IsWhiteSpace(input[place]))
            {
                place++;
                continue;
            }

            var quote = input[place] is '"' ? place : input[place] is '-' && place + 1 < input.Length && input[place + 1] is '"' ? place + 1 : -1;
            var end = quote >= 0 ? input.IndexOf('"', quote + 1) + 1 : NextBlank(input, place);
            end = end <= quote ? input.Length : end;
            yield return input[place..end];
            place = end;
        }
    }

    private static int NextBlank(string input, int place)
    {
        while (place < input.Length && !char.IsWhiteSpace(input[place]))
        {
            place++;
        }

        return place;
    }
}
