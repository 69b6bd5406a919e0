using System.Globalization;

namespace Pamps.ApiService.Features.Streams;

/// <summary>
/// How far a client has heard, which is the id of every event: the last numbers of both logs, such as
/// <c>1790000000000001-1790000000000042</c>; <c>x</c> stands for a log whose number is not known.
/// </summary>
internal readonly record struct StreamPosition(long? Posts, long? Account)
{
    /// <summary>Reads the id of an event; false when it is none.</summary>
    public static bool TryParse(string text, out StreamPosition position)
    {
        position = default;
        if (text.Split('-') is not [var posts, var account] || !TryNumber(posts, out var postsNumber) || !TryNumber(account, out var accountNumber))
        {
            return false;
        }

        position = new StreamPosition(postsNumber, accountNumber);
        return true;
    }

    public override string ToString() => $"{Show(Posts)}-{Show(Account)}";

    private static string Show(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "x";

    private static bool TryNumber(string text, out long? number)
    {
        number = null;
        if (text == "x")
        {
            return true;
        }

        var known = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        number = value;
        return known;
    }
}
