using System.Globalization;
using System.Text;

namespace Pamps.Web.Components.Billing;

/// <summary>
/// The bars of a boleto: interleaved 2 of 5 (ISO/IEC 16390). Digits go in pairs, the first into the widths of five bars,
/// the second into the widths of the five gaps between them; a wide element is three narrow ones.
/// </summary>
internal static class BarCode
{
    private const int Wide = 3;

    // For each digit, which two of five elements are wide.
    private static readonly string[] Patterns =
        ["00110", "10001", "01001", "11000", "00101", "10100", "01100", "00011", "10010", "01010"];

    /// <summary>The bars as an SVG path one unit high, and the whole width.</summary>
    /// <param name="digits">An even number of digits.</param>
    public static (string Path, int Width) Draw(string digits)
    {
        var path = new StringBuilder();
        var x = 0;
        Elements("0000");
        for (var at = 0; at + 1 < digits.Length; at += 2)
        {
            var bars = Patterns[digits[at] - '0'];
            var gaps = Patterns[digits[at + 1] - '0'];
            for (var element = 0; element < bars.Length; element++)
            {
                Elements([bars[element], gaps[element]]);
            }
        }

        Elements("100");
        return (path.ToString(), x);

        void Elements(ReadOnlySpan<char> widths)
        {
            for (var index = 0; index < widths.Length; index++)
            {
                var width = widths[index] == '1' ? Wide : 1;
                if (index % 2 == 0)
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{x} 0h{width}v1h-{width}z");
                }

                x += width;
            }
        }
    }
}
