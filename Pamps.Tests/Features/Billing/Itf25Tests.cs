using System.Text;
using Pamps.ApiService.Features.Billing;

namespace Pamps.Tests.Features.Billing;

/// <summary>Bars of Interleaved 2 of 5.</summary>
public sealed class Itf25Tests
{
    [Fact]
    public void Forty_four_digits_make_405_modules() => Assert.Equal(405, Itf25.Modules(44));

    [Fact]
    public void A_pair_is_five_bars_and_five_spaces_between_start_and_stop()
    {
        // 1 = WNNNW in the bars, 2 = NWNNW in the spaces.
        Assert.Equal("1010" + "111010001010111000" + "11101", Modules("12"));
    }

    [Fact]
    public void Bars_read_back_to_the_digits()
    {
        var random = new Random(25);
        for (var i = 0; i < 200; i++)
        {
            var digits = string.Concat(random.GetItems("0123456789".ToCharArray(), 44));
            Assert.Equal(digits, Read(Modules(digits)));
        }
    }

    [Theory]
    [InlineData("123")]
    [InlineData("1a")]
    public void Only_an_even_number_of_digits_is_drawn(string digits) => Assert.Throws<ArgumentException>(() => Itf25.Bars(digits));

    private static string Modules(string digits)
    {
        var modules = new StringBuilder(new string('0', Itf25.Modules(digits.Length)));
        foreach (var (start, width) in Itf25.Bars(digits))
        {
            for (var i = 0; i < width; i++)
            {
                modules[start + i] = '1';
            }
        }

        return modules.ToString();
    }

    /// <summary>An independent reader: run lengths, then the table of the standard read backwards.</summary>
    private static string Read(string modules)
    {
        var patterns = "NNWWN WNNNW NWNNW WWNNN NNWNW WNWNN NWWNN NNNWW WNNWN NWNWN".Split(' ');
        var runs = System.Text.RegularExpressions.Regex.Matches(modules, "1+|0+").Select(run => run.Length == 1 ? 'N' : run.Length == 3 ? 'W' : '?').ToArray();
        Assert.Equal("NNNN", string.Concat(runs.Take(4)));
        Assert.Equal("WNN", string.Concat(runs.TakeLast(3)));
        var digits = new StringBuilder();
        foreach (var pair in runs[4..^3].Chunk(10))
        {
            digits.Append(Array.IndexOf(patterns, string.Concat(pair.Where((_, i) => i % 2 == 0))));
            digits.Append(Array.IndexOf(patterns, string.Concat(pair.Where((_, i) => i % 2 == 1))));
        }

        return digits.ToString();
    }
}
