using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Pamps.ApiService.Http;

/// <summary>Where a page goes on: towards older or lower keys (the next page) or back (the page before).</summary>
internal enum PageDirection
{
    /// <summary>The following page of the list.</summary>
    Next,

    /// <summary>The page before.</summary>
    Prev,
}

/// <summary>
/// An opaque cursor: base64url of <c>version|list|direction|key|rank</c>, such as <c>1|account-posts|n|4711|</c>.
/// It names its list, so that a cursor of another list is noticed, and holds no secret: what a reader may see is
/// decided by the query, never by the cursor. Decoding is strict: one spelling per cursor, at most 200 characters.
/// </summary>
/// <param name="Key">The last key of the page it came from.</param>
/// <param name="Direction">Where to go from there.</param>
/// <param name="Rank">A leading sort key before <paramref name="Key"/>, for lists that are not ordered by id alone.</param>
internal readonly record struct PageCursor(long Key, PageDirection Direction, string Rank = "")
{
    private const string Version = "1";
    private const int MaxLength = 200;

    /// <summary>Writes a cursor.</summary>
    /// <param name="list">Name of the list, without <c>|</c>.</param>
    /// <param name="key">Key of the item at the edge of the page.</param>
    /// <param name="direction">Where the page it leads to lies.</param>
    /// <param name="rank">A leading sort key, without <c>|</c>.</param>
    public static string For(string list, long key, PageDirection direction, string rank = "") =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{Version}|{list}|{(direction is PageDirection.Next ? 'n' : 'p')}|{key}|{rank}")));

    /// <summary>Reads a cursor of a list; false when it is none, or of another list.</summary>
    /// <param name="text">What the client sent.</param>
    /// <param name="list">Name of the list.</param>
    /// <param name="cursor">The cursor.</param>
    public static bool TryRead(string? text, string list, out PageCursor cursor)
    {
        cursor = default;
        if (string.IsNullOrEmpty(text) || text.Length > MaxLength || !Base64Url.IsValid(text))
        {
            return false;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('|');
        if (parts is not [Version, var name, "n" or "p", var key, var rank] ||
            name != list ||
            !long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        cursor = new PageCursor(number, parts[2] == "n" ? PageDirection.Next : PageDirection.Prev, rank);
        return For(list, cursor.Key, cursor.Direction, cursor.Rank) == text;
    }
}
