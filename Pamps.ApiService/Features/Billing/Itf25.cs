namespace Pamps.ApiService.Features.Billing;

/// <summary>
/// Interleaved 2 of 5 (ISO/IEC 16390) as FEBRABAN prints it: pairs of digits, the first in five bars, the second in the
/// five spaces between them; narrow is one module, wide three. 44 digits make 405 modules on 103 mm, without check digit.
/// </summary>
internal static class Itf25
{
    /// <summary>Length of the printed symbol, in millimetres.</summary>
    public const double WidthInMillimetres = 103;

    /// <summary>Height of the bars, in millimetres.</summary>
    public const double HeightInMillimetres = 13;

    // W is a wide element; a row is the digit.
    private static readonly string[] Patterns =
    [
        "NNWWN", "WNNNW", "NWNNW", "WWNNN", "NNWNW", "WNWNN", "NWWNN", "NNNWW", "WNNWN", "NWNWN",
    ];

    /// <summary>The number of modules of a symbol with that many digits: 18 for a pair, 4 for the start, 5 for the stop.</summary>
    public static int Modules(int digits) => (digits * 9) + 4 + 5;

    /// <summary>The bars from left to right, each with its first module and its width in modules.</summary>
    /// <exception cref="ArgumentException">The number of digits is odd.</exception>
    public static List<(int Start, int Width)> Bars(ReadOnlySpan<char> digits)
    {
        if (digits.Length % 2 != 0 || digits.ContainsAnyExceptInRange('0', '9'))
        {
            throw new ArgumentException("The code holds an even number of digits.", nameof(digits));
        }

        var bars = new List<(int, int)>(4 + (digits.Length * 5 / 2)) { (0, 1), (2, 1) };
        var x = 4;
        for (var i = 0; i < digits.Length; i += 2)
        {
            var bar = Patterns[digits[i] - '0'];
            var space = Patterns[digits[i + 1] - '0'];
            for (var k = 0; k < 5; k++)
            {
                var width = bar[k] == 'W' ? 3 : 1;
                bars.Add((x, width));
                x += width + (space[k] == 'W' ? 3 : 1);
            }
        }

        bars.Add((x, 3));
        bars.Add((x + 4, 1));
        return bars;
    }
}
