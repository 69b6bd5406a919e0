using System.Globalization;
using Pamps.ApiService.Contracts;

namespace Pamps.ApiService.Http;

/// <summary>
/// How many items a client wants on a page, as in <c>limit=50</c>: any whole number, clamped to what a page may hold. More
/// digits than an integer of this machine has are a number all the same, so <c>limit=99999999999</c> is 40 too, not an error.
/// </summary>
/// <param name="Items">Items on the page, within the limits.</param>
internal readonly record struct PageSize(int Items)
{
    /// <summary>Reads a size; anything but a decimal number is refused.</summary>
    /// <param name="text">What the client sent.</param>
    /// <param name="provider">Not used: numbers on the wire have no culture.</param>
    /// <param name="size">The clamped size.</param>
    public static bool TryParse(string? text, IFormatProvider? provider, out PageSize size)
    {
        size = default;
        var digits = text.AsSpan().Trim();
        var negative = digits.StartsWith('-');
        if (negative || digits.StartsWith('+'))
        {
            digits = digits[1..];
        }

        if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        var items = negative ? 0 : int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;
        size = new PageSize(Math.Clamp(items, 1, PageLimits.Max));
        return true;
    }
}
