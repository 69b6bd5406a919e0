using Pamps.ApiService.Features.Billing;

namespace Pamps.Tests.Features.Billing;

/// <summary>The banks' own fields and what they print.</summary>
public sealed class BankTests
{
    [Theory]
    [InlineData("110", "0057", "12345", 12345678, "1101234567880057123457000", "110/12345678-8", "0057 / 12345-7")]
    [InlineData("109", "293", "1328", 157, "1090000015710293013280000", "109/00000157-1", "0293 / 01328-0")]
    [InlineData("109", "1248", "2124", 10152, "1090001015271248021246000", "109/00010152-7", "1248 / 02124-6")]
    public void Itau_fills_its_field_as_published(string portfolio, string agency, string account, long sequence, string field, string number, string printedAccount)
    {
        var bank = new ItauBank(agency, account, portfolio);
        Assert.Equal((field, number, printedAccount), (bank.FreeField(sequence), bank.PrintedNumber(sequence), bank.PrintedAccount));
    }

    [Fact]
    public void Banco_do_Brasil_fills_its_field_with_agreement_sequence_and_portfolio()
    {
        var bank = new BancoDoBrasilBank("1606", "12345678", "1414000", "18");

        Assert.Equal("0000001414000000000000118", bank.FreeField(1));
        Assert.Equal("14140000000000001", bank.PrintedNumber(1));
        Assert.Equal("0000001414000999999999918", bank.FreeField(bank.LastSequence));
        Assert.Equal($"1606-{CheckDigits.BancoDoBrasil("1606")} / 12345678-{CheckDigits.BancoDoBrasil("12345678")}", bank.PrintedAccount);
    }

    [Theory]
    [InlineData("9", '4')] // 9 × 9 = 81 = 7 × 11 + 4
    [InlineData("11", '6')] // 9 + 8 = 17 = 11 + 6
    [InlineData("6", 'X')] // 54 = 44 + 10
    [InlineData("0001", '9')]
    [InlineData("100000000", '9')] // the ninth weight from the right is 9 again
    public void Banco_do_Brasil_digit_weighs_nine_to_two_from_the_right(string digits, char digit) =>
        Assert.Equal(digit, CheckDigits.BancoDoBrasil(digits));

    [Fact]
    public void Layouts_that_are_not_implemented_are_refused()
    {
        foreach (var portfolio in (string[])["112", "126", "198", "9", ""])
        {
            Assert.Throws<ArgumentException>(() => new ItauBank("1", "1", portfolio));
        }

        Assert.Throws<ArgumentException>(() => new BancoDoBrasilBank("1", "1", "1000000", "17"));
        Assert.Throws<ArgumentException>(() => new BancoDoBrasilBank("1", "1", "123456", "17"));
    }

    [Theory]
    [InlineData("12345", "1")]
    [InlineData("1", "123456")]
    [InlineData("", "1")]
    [InlineData("1x", "1")]
    public void Longer_or_other_than_digits_is_never_cut(string agency, string account) =>
        Assert.Throws<ArgumentException>(() => new ItauBank(agency, account, "109"));

    [Fact]
    public void The_end_of_a_number_range_is_an_error()
    {
        var bank = new ItauBank("1", "1", "109");
        Assert.Equal(25, bank.FreeField(bank.LastSequence).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => bank.FreeField(bank.LastSequence + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => bank.PrintedNumber(0));
    }
}
