using Pamps.ApiService.Features.Billing;

namespace Pamps.Tests.Features.Billing;

/// <summary>Numbers published by banks and by other programs, and what must be refused.</summary>
public sealed class BoletoNumberTests
{
    public static TheoryData<string, string, string, string, string> Published => new()
    {
        { "341", "2002-05-01", "123.45", "34196166700000123451101234567880057123457000", "34191.10121 34567.880058 71234.570001 6 16670000012345" },
        { "341", "2009-10-19", "29.80", "34199439500000029801090000015710293013280000", "34191.09008 00015.710296 30132.800001 9 43950000002980" },
        { "033", "2012-07-22", "2952.95", "03395540200002952959070707700000123456790102", "03399.07073 07700.000123 34567.901029 5 54020000295295" },
        { "104", "2012-07-08", "2952.95", "10491538800002952958019525086156587000000414", "10498.01952 25086.156582 70000.004146 1 53880000295295" },
        { "341", "2029-05-20", "6757.87", "34194254800006757871090001015271248021246000", "34191.09008 01015.271248 80212.460002 4 25480000675787" },
    };

    [Theory]
    [MemberData(nameof(Published))]
    public void Published_numbers_are_built_and_read(string bank, string dueOn, string amount, string barcode, string line)
    {
        var due = DateOnly.Parse(dueOn, Invariant);
        var number = BoletoNumber.Create(bank, due, decimal.Parse(amount, Invariant), barcode[19..]);

        Assert.Equal((barcode, line), (number.Barcode, number.PrintedLine));
        foreach (var text in (string[])[barcode, line, number.Line, line.Replace(' ', '-')])
        {
            Assert.True(BoletoNumber.TryParse(text, out var read, out var problem), problem);
            Assert.Equal(number, read);
            Assert.Equal((bank, decimal.Parse(amount, Invariant), barcode[19..], due), (read.BankCode, read.Amount, read.FreeField, read.DueOn(due)));
        }
    }

    [Theory]
    [InlineData("34196166700000123451091234567880057123457000", "general check digit")]
    [InlineData("34191.09123 34567.880058 71234.570001 6 16670000012345", "general check digit")]
    [InlineData("34191.10122 34567.880058 71234.570001 6 16670000012345", "field 1")]
    [InlineData("34191.10121 34567.880057 71234.570001 6 16670000012345", "field 2")]
    [InlineData("34191.10121 34567.880058 71234.570002 6 16670000012345", "field 3")]
    [InlineData("34191.10121 34567.880058 71234.570001 7 16670000012345", "general check digit")]
    [InlineData("836200000005667800481000180975657313001589636081", "arrecadação")]
    [InlineData("83620000000667800481001809756573100158963608", "arrecadação")]
    [InlineData("", "not 0")]
    [InlineData("3419", "not 4")]
    [InlineData("34191.10121 34567.880058 71234.570001 6 166700000123456789", "not 51")]
    [InlineData("3419616670000012345110123456788005712345700O", "digits only")]
    [InlineData("3419616670000012345110123456788005712345700٠", "digits only")]
    public void Wrong_numbers_are_refused_with_a_reason(string text, string reason)
    {
        Assert.False(BoletoNumber.TryParse(text, out _, out var problem));
        Assert.Contains(reason, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_currency_than_the_Real_is_refused()
    {
        var digits = "34190" + "16670000012345" + "1101234567880057123457000";
        digits = digits[..3] + "0" + CheckDigits.Mod11("3410", digits.AsSpan(5)) + digits[5..];

        Assert.False(BoletoNumber.TryParse(digits, out _, out var problem));
        Assert.Equal("The currency is not the Real.", problem);
    }

    [Fact]
    public void Random_numbers_survive_the_round_trip()
    {
        var random = new Random(341);
        for (var i = 0; i < 2000; i++)
        {
            var number = RandomNumber(random);
            Assert.True(BoletoNumber.TryParse(number.PrintedLine, out var read, out var problem), problem);
            Assert.Equal(number, read);
            Assert.NotEqual('0', number.Barcode[4]);
        }
    }

    [Fact]
    public void Every_wrong_digit_of_fields_one_to_three_is_detected()
    {
        var random = new Random(1);
        for (var i = 0; i < 50; i++)
        {
            var line = RandomNumber(random).Line;
            foreach (var wrong in WithOneWrongDigit(line, 0, 32))
            {
                Assert.False(BoletoNumber.TryParse(wrong, out _, out _), $"{line} and {wrong}");
            }
        }
    }

    [Fact]
    public void Every_wrong_digit_of_a_barcode_is_detected_where_mod_11_tells_remainders_apart()
    {
        var random = new Random(2);
        var checkedNumbers = 0;
        while (checkedNumbers < 50)
        {
            // Three remainders share the digit 1: only there two barcodes that differ in a digit may both be right.
            var barcode = RandomNumber(random).Barcode;
            if (barcode[4] == '1')
            {
                continue;
            }

            checkedNumbers++;
            foreach (var wrong in WithOneWrongDigit(barcode, 0, BoletoNumber.BarcodeLength))
            {
                Assert.False(BoletoNumber.TryParse(wrong, out _, out _), $"{barcode} and {wrong}");
            }
        }
    }

    [Fact]
    public void Without_factor_there_is_no_due_date_and_the_amount_has_fourteen_digits()
    {
        var free = "1090000015710293013280000";
        var tail = "01234567890123" + free;
        var barcode = "3419" + CheckDigits.Mod11("3419", tail) + tail;

        Assert.True(BoletoNumber.TryParse(barcode, out var number, out var problem), problem);
        Assert.Equal((null, null, 12345678901.23m), (number.Factor, number.DueOn(new DateOnly(2026, 1, 1)), number.Amount));
    }

    [Fact]
    public void An_open_amount_is_ten_zeros()
    {
        var number = BoletoNumber.Create("341", new DateOnly(2026, 12, 31), 0, "1090000015710293013280000");
        Assert.Equal("0000000000", number.Barcode[9..19]);
        Assert.Equal(0, number.Amount);
    }

    [Theory]
    [InlineData("341", "2026-12-31", "100000000.00", "1090000015710293013280000")]
    [InlineData("341", "2026-12-31", "-0.01", "1090000015710293013280000")]
    [InlineData("341", "2026-12-31", "1.001", "1090000015710293013280000")]
    [InlineData("341", "2000-07-02", "1.00", "1090000015710293013280000")]
    [InlineData("341", "2026-12-31", "1.00", "109000001571029301328000")]
    [InlineData("341", "2026-12-31", "1.00", "109000001571029301328000x")]
    [InlineData("34", "2026-12-31", "1.00", "1090000015710293013280000")]
    [InlineData("841", "2026-12-31", "1.00", "1090000015710293013280000")]
    public void Parts_that_do_not_fit_are_refused(string bank, string dueOn, string amount, string freeField) =>
        Assert.ThrowsAny<ArgumentException>(() => BoletoNumber.Create(bank, DateOnly.Parse(dueOn, Invariant), decimal.Parse(amount, Invariant), freeField));

    private static readonly IFormatProvider Invariant = System.Globalization.CultureInfo.InvariantCulture;

    private static BoletoNumber RandomNumber(Random random) => BoletoNumber.Create(
        random.GetItems((string[])["001", "033", "104", "237", "341"], 1)[0],
        DueDateFactor.Epoch.AddDays(random.Next(30_000)),
        random.NextInt64(10_000_000_000) / 100m,
        string.Concat(random.GetItems("0123456789".ToCharArray(), BoletoNumber.FreeFieldLength)));

    private static IEnumerable<string> WithOneWrongDigit(string digits, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            for (var digit = '0'; digit <= '9'; digit++)
            {
                if (digits[i] != digit)
                {
                    yield return $"{digits.AsSpan(0, i)}{digit}{digits.AsSpan(i + 1)}";
                }
            }
        }
    }
}
