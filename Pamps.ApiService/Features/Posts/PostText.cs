using System.Globalization;
using System.Text;
using Pamps.ApiService.Contracts;

namespace Pamps.ApiService.Features.Posts;

/// <summary>
/// A text as a person wrote it, and what is found in it. Raw input: <c>"Olá @Ana, veja https://example.com/a_(b). #Café #2"</c>
/// mentions <c>ana</c>, carries the tag <c>Café</c> and one link; <c>#2</c> is no tag.
/// <code>
/// text    = *( link / tag / mention / any )            ; at each place the first that fits, left to right
/// link    = "http" ["s"] "://" 1*nonblank              ; letters of either case; ends before trailing . , ; : ! ? ' " and an unpaired )
/// tag     = "#" 1*100( letter / mark / digit / "_" )   ; at least one that is not a digit
/// mention = "@" 3*30( A-Z / a-z / 0-9 / "_" )          ; folded to lower case
/// </code>
/// Tags and mentions do not begin inside a word: before <c>#</c> and <c>@</c> stands no letter, mark, digit, <c>_</c>, <c>@</c>,
/// <c>#</c>, <c>/</c> or <c>&amp;</c>, which leaves e-mail addresses and fragments of paths alone; a mention followed by <c>@</c>,
/// a letter or <c>.</c> with a letter is an address as well. A run longer than its limit is nothing at all.
/// <para>
/// The length is counted in extended grapheme clusters (UAX #29); a link counts <see cref="PostLimits.UrlWeight"/>. Texts are
/// NFC, line ends <c>\n</c>, without control characters; blanks around them are cut.
/// </para>
/// </summary>
internal sealed class PostText
{
    private PostText(string value, int length, IReadOnlyList<string> tags, IReadOnlyList<string> mentions, IReadOnlyList<string> links)
    {
        Value = value;
        Length = length;
        Tags = tags;
        Mentions = mentions;
        Links = links;
    }

    /// <summary>The text to store.</summary>
    public string Value { get; }

    /// <summary>Graphemes, links weighed.</summary>
    public int Length { get; }

    /// <summary>Tags as written, each once whatever its case, at most <see cref="PostLimits.TagsMax"/>.</summary>
    public IReadOnlyList<string> Tags { get; }

    /// <summary>Names, lower case, each once, at most <see cref="PostLimits.MentionsMax"/>.</summary>
    public IReadOnlyList<string> Mentions { get; }

    /// <summary>Links as written.</summary>
    public IReadOnlyList<string> Links { get; }

    /// <summary>The spelling of a tag by which it is found.</summary>
    public static string Fold(string tag) => tag.Normalize(NormalizationForm.FormC).ToLowerInvariant();

    /// <summary>Reads a text; false with the reason when it cannot be a post.</summary>
    public static bool TryParse(string input, int lengthMax, out PostText text, out string problem)
    {
        text = null!;
        if (!TryClean(input, out var value))
        {
            problem = "Must be valid Unicode without control characters.";
            return false;
        }

        if (value.Length == 0)
        {
            problem = "Must not be blank.";
            return false;
        }

        text = Scan(value);
        problem = text.Length > lengthMax ? $"Must have at most {lengthMax} characters (a link counts {PostLimits.UrlWeight}); it has {text.Length}."
            : value.Length > PostLimits.TextColumn ? $"Must have at most {PostLimits.TextColumn} UTF-16 units."
            : "";
        return problem.Length == 0;
    }

    /// <summary>NFC, one kind of line end, nothing around; false for what is no text.</summary>
    public static bool TryClean(string input, out string value)
    {
        value = "";
        try
        {
            // Also refuses halves of surrogate pairs.
            value = input.Normalize(NormalizationForm.FormC).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Trim();
        }
        catch (ArgumentException)
        {
            return false;
        }

        return !value.Any(character => char.IsControl(character) && character is not ('\n' or '\t'));
    }

    private static PostText Scan(string value)
    {
        var tags = new List<string>();
        var mentions = new List<string>();
        var links = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var linkGraphemes = 0;
        for (var place = 0; place < value.Length;)
        {
            var rest = value.AsSpan(place);
            var taken = LinkLength(rest);
            if (taken > 0)
            {
                var link = value.Substring(place, taken);
                links.Add(link);
                linkGraphemes += new StringInfo(link).LengthInTextElements;
            }
            else if (rest[0] is '#' && StartsHere(value, place) && (taken = TagLength(rest)) > 0)
            {
                var tag = value.Substring(place + 1, taken - 1);
                if (tags.Count < PostLimits.TagsMax && seen.Add("#" + Fold(tag)))
                {
                    tags.Add(tag);
                }
            }
            else if (rest[0] is '@' && StartsHere(value, place) && (taken = MentionLength(rest)) > 0)
            {
                var name = value.Substring(place + 1, taken - 1).ToLowerInvariant();
                if (mentions.Count < PostLimits.MentionsMax && seen.Add("@" + name))
                {
                    mentions.Add(name);
                }
            }

            place += Math.Max(taken, 1);
        }

        var length = new StringInfo(value).LengthInTextElements - linkGraphemes + (links.Count * PostLimits.UrlWeight);
        return new PostText(value, length, tags, mentions, links);
    }

    private static bool StartsHere(string value, int place) =>
        place == 0 || !(IsWord(value[place - 1]) || value[place - 1] is '@' or '#' or '/' or '&' || char.IsLowSurrogate(value[place - 1]) && IsWordBefore(value, place));

    private static bool IsWordBefore(string value, int place) => place >= 2 && Rune.IsLetterOrDigit(new Rune(value[place - 2], value[place - 1]));

    private static int LinkLength(ReadOnlySpan<char> rest)
    {
        var scheme = rest.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? 8
            : rest.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? 7
            : 0;
        if (scheme == 0)
        {
            return 0;
        }

        var end = scheme;
        while (end < rest.Length && !char.IsWhiteSpace(rest[end]) && rest[end] is not ('<' or '>'))
        {
            end++;
        }

        while (end > scheme && (rest[end - 1] is '.' or ',' or ';' or ':' or '!' or '?' or '\'' or '"' || IsUnpaired(rest[..end])))
        {
            end--;
        }

        return end > scheme ? end : 0;
    }

    /// <summary>A closing parenthesis belongs to the sentence unless it was opened inside the link.</summary>
    private static bool IsUnpaired(ReadOnlySpan<char> link) => link[^1] is ')' && link.Count(')') > link.Count('(');

    private static int TagLength(ReadOnlySpan<char> rest)
    {
        var end = 1;
        var onlyDigits = true;
        while (end < rest.Length && Rune.DecodeFromUtf16(rest[end..], out var rune, out var units) is System.Buffers.OperationStatus.Done && IsWord(rune))
        {
            onlyDigits &= Rune.IsDigit(rune);
            end += units;
        }

        return onlyDigits || end - 1 > PostLimits.TagMax ? 0 : end;
    }

    private static int MentionLength(ReadOnlySpan<char> rest)
    {
        var end = 1;
        while (end < rest.Length && (char.IsAsciiLetterOrDigit(rest[end]) || rest[end] is '_'))
        {
            end++;
        }

        var foreign = end < rest.Length && (rest[end] is '@' || IsWord(rest[end]) ||
            (rest[end] is '.' && end + 1 < rest.Length && char.IsLetter(rest[end + 1])));
        return foreign || end - 1 is < AccountLimits.UsernameMin or > AccountLimits.UsernameMax ? 0 : end;
    }

    private static bool IsWord(char character) => character is '_' || char.IsLetterOrDigit(character) || IsMark(char.GetUnicodeCategory(character));

    private static bool IsWord(Rune rune) => rune.Value is '_' || Rune.IsLetterOrDigit(rune) || IsMark(Rune.GetUnicodeCategory(rune));

    private static bool IsMark(UnicodeCategory category) =>
        category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;
}
