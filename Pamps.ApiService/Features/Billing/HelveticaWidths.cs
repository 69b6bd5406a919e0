using System.Globalization;
using System.Text;

namespace Pamps.ApiService.Features.Billing;

/// <summary>
/// Advance widths of Helvetica and Helvetica-Bold in WinAnsi encoding, in thousandths of the font size, from Adobe's
/// published metrics of the 14 standard fonts: needed to align to the right and to fit text into a cell.
/// </summary>
internal static class HelveticaWidths
{
    private const char Unknown = '?';

    private static readonly ushort[] Regular = Table(
        """
        278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 584 584 584 556
        1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556
        333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584 0
        556 0 222 556 333 1000 556 556 333 1000 667 333 1000 0 611 0 0 222 222 333 333 350 556 1000 333 1000 500 333 944 0 500 667
        278 333 556 556 556 556 260 556 333 737 370 556 584 333 737 333 400 584 333 333 333 556 537 278 333 333 365 556 834 834 834 611
        667 667 667 667 667 667 1000 722 667 667 667 667 278 278 278 278 722 722 778 778 778 778 778 584 778 722 722 722 722 667 667 611
        556 556 556 556 556 556 889 500 556 556 556 556 278 278 278 278 556 556 556 556 556 556 556 584 611 556 556 556 556 500 556 500
        """);

    private static readonly ushort[] Bold = Table(
        """
        278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 333 333 584 584 584 611
        975 722 722 722 722 667 611 778 722 278 556 722 611 833 722 778 667 778 722 667 611 722 667 944 667 667 611 333 278 333 584 556
        333 556 611 556 611 556 333 611 611 278 278 556 278 889 611 611 611 611 389 556 333 611 556 778 556 556 500 389 280 389 584 0
        556 0 278 556 500 1000 556 556 333 1000 667 333 1000 0 611 0 0 278 278 500 500 350 556 1000 333 1000 556 333 944 0 500 667
        278 333 556 556 556 556 280 556 333 737 370 556 584 333 737 333 400 584 333 333 333 611 556 278 333 333 365 556 834 834 834 611
        722 722 722 722 722 722 1000 722 667 667 667 667 278 278 278 278 722 722 778 778 778 778 778 584 778 722 722 722 722 667 667 611
        556 556 556 556 556 556 889 556 556 556 556 556 278 278 278 278 611 611 611 611 611 611 611 584 611 611 611 611 611 556 611 556
        """);

    // The printable characters of Windows-1252 that are not at their Unicode place.
    private const string Moved = "€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ";

    /// <summary>The width of a text in points.</summary>
    public static double Measure(ReadOnlySpan<char> text, double size, bool bold)
    {
        var widths = bold ? Bold : Regular;
        var sum = 0;
        foreach (var c in text)
        {
            sum += widths[Encode(c) - ' '];
        }

        return sum * size / 1000;
    }

    /// <summary>The WinAnsi code of a character: its own, that of its letter without accent, or that of a question mark.</summary>
    public static byte Encode(char c)
    {
        if (c is >= ' ' and <= '~' or >= '\u00A0' and <= '\u00FF')
        {
            return (byte)c;
        }

        var moved = c == '\0' ? -1 : Moved.IndexOf(c, StringComparison.Ordinal);
        if (moved >= 0)
        {
            return (byte)(0x80 + moved);
        }

        if (char.IsSurrogate(c))
        {
            return (byte)Unknown;
        }

        var letter = c.ToString().Normalize(NormalizationForm.FormD)[0];
        return letter is >= ' ' and <= '~' ? (byte)letter : (byte)Unknown;
    }

    private static ushort[] Table(string numbers) =>
        [.. numbers.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(n => ushort.Parse(n, CultureInfo.InvariantCulture))];
}
