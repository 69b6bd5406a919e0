using System.Text.RegularExpressions;

namespace Pamps.Web.Components.Posts;

/// <summary>
/// Splits the text of a post into plain parts, links, mentions and tags. Raw input looks like
/// <c>see https://example.org/a_(b). #dotnet @ana, a@b.c, 10#3</c>: closing punctuation is not part of an address
/// unless its bracket opens inside, and a sign within a word is no mention and no tag. Only http and https become links:
/// this is the one place where an address written by a user turns into an <c>href</c>.
/// </summary>
internal static partial class PostTextParser
{
    private const int LongestShown = 32;

    /// <summary>Splits a text.</summary>
    /// <param name="text">The text as written.</param>
    /// <param name="mentions">User names in it that exist; others stay plain.</param>
    public static IEnumerable<PostTextPart> Parse(string text, IReadOnlyList<string> mentions)
    {
        var at = 0;
        foreach (Match match in Tokens().Matches(text))
        {
            if (match.Index < at || Part(match, text, mentions) is not { } part)
            {
                continue;
            }

            if (match.Index > at)
            {
                yield return new(PostTextKind.Plain, text[at..match.Index], null);
            }

            yield return part;
            at = match.Index + part.Length;
        }

        if (at < text.Length)
        {
            yield return new(PostTextKind.Plain, text[at..], null);
        }
    }

    private static PostTextPart? Part(Match match, string text, IReadOnlyList<string> mentions)
    {
        var value = match.Value;
        if (match.Index > 0 && IsWord(text[match.Index - 1]))
        {
            return null;
        }

        switch (value[0])
        {
            case '@':
                var name = value[1..];
                return mentions.Contains(name, StringComparer.OrdinalIgnoreCase)
                    ? new(PostTextKind.Mention, value, "/@" + name.ToLowerInvariant()) { Length = value.Length }
                    : null;
            case '#':
                return value.AsSpan(1).ContainsAnyExceptInRange('0', '9')
                    ? new(PostTextKind.Tag, value, "/tags/" + Uri.EscapeDataString(value[1..])) { Length = value.Length }
                    : null;
            default:
                var address = WithoutTrailingPunctuation(value);
                return SafeAddress(address) is { } safe
                    ? new(PostTextKind.Link, Shortened(address), safe) { Length = address.Length }
                    : null;
        }
    }

    /// <summary>An http or https address as it may stand in an <c>href</c>, or null.</summary>
    public static string? SafeAddress(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri.UserInfo.Length == 0
            ? uri.AbsoluteUri
            : null;

    /// <summary>An address as it is shown: without scheme, cut where it gets long.</summary>
    public static string Shortened(string address)
    {
        var start = address.IndexOf("://", StringComparison.Ordinal);
        var shown = (start < 0 ? address : address[(start + 3)..]).TrimEnd('/');
        return shown.Length <= LongestShown ? shown : string.Concat(shown.AsSpan(0, LongestShown - 1), "…");
    }

    private static string WithoutTrailingPunctuation(string address)
    {
        var end = address.Length;
        while (end > 0)
        {
            var last = address[end - 1];
            var opening = last switch { ')' => '(', ']' => '[', '}' => '{', _ => '\0' };
            if (opening != '\0' && address.AsSpan(0, end).Count(opening) >= address.AsSpan(0, end).Count(last))
            {
                break;
            }

            if (opening == '\0' && !".,;:!?'\"…»”’*".Contains(last, StringComparison.Ordinal))
            {
                break;
            }

            end--;
        }

        return address[..end];
    }

    private static bool IsWord(char character) => char.IsLetterOrDigit(character) || character is '_' or '/' or '&';

    [GeneratedRegex(@"https?://[^\s<>""]+|@[A-Za-z0-9_]{3,30}(?![A-Za-z0-9_])|#[\p{L}\p{M}\p{N}_]{1,100}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Tokens();
}

/// <summary>What a part of a text is.</summary>
internal enum PostTextKind
{
    /// <summary>Just text.</summary>
    Plain,

    /// <summary>A link to another site.</summary>
    Link,

    /// <summary>A link to a profile.</summary>
    Mention,

    /// <summary>A link to a tag.</summary>
    Tag,
}

/// <summary>A part of a text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">What is shown.</param>
/// <param name="Address">Where it leads.</param>
internal sealed record PostTextPart(PostTextKind Kind, string Text, string? Address)
{
    /// <summary>Characters it takes in the original text.</summary>
    public int Length { get; init; }
}
