using System.Globalization;

namespace Pamps.ApiService.Features.Billing;

/// <summary>
/// Itaú (341), portfolios 109 and 110, whose field is
/// <c>carteira 3 · nosso número 8 · DAC 1 · agência 4 · conta 5 · DAC 1 · 000</c>. Other portfolios take their digits
/// over other fields and are refused.
/// Source: Itaú, Cobrança CNAB 400 (02/2016).
/// </summary>
internal sealed class ItauBank : IBank
{
    private readonly string _agency;
    private readonly string _account;
    private readonly char _accountDigit;

    /// <param name="agency">Up to 4 digits.</param>
    /// <param name="account">Up to 5 digits, without the check digit.</param>
    /// <param name="portfolio">109 or 110.</param>
    /// <exception cref="ArgumentException">A part does not fit.</exception>
    public ItauBank(string agency, string account, string portfolio)
    {
        if (portfolio is not ("109" or "110"))
        {
            throw new ArgumentException("Of Itaú's portfolios only 109 and 110 are supported.", nameof(portfolio));
        }

        _agency = BankDigits.Pad(agency, 4, nameof(agency));
        _account = BankDigits.Pad(account, 5, nameof(account));
        _accountDigit = (char)('0' + CheckDigits.Mod10(_agency + _account));
        Portfolio = portfolio;
    }

    public string Code => "341";

    public string PrintedCode => "341-7";

    public string Name => "Banco Itaú S.A.";

    public string Portfolio { get; }

    public string PrintedAccount => $"{_agency} / {_account}-{_accountDigit}";

    public string PaymentPlace => "Até o vencimento, pague em qualquer banco. Após o vencimento, acesse itau.com.br/boletos e pague em qualquer banco.";

    public string NumberRange => $"341/{_agency}/{_account}/{Portfolio}";

    public long LastSequence => 99_999_999;

    public string FreeField(long sequence)
    {
        BankDigits.CheckSequence(sequence, LastSequence);
        return string.Create(BoletoNumber.FreeFieldLength, (this, sequence), static (field, state) =>
        {
            var (bank, sequence) = state;
            bank.Portfolio.CopyTo(field);
            sequence.TryFormat(field[3..], out _, "D8", CultureInfo.InvariantCulture);
            field[11] = bank.NumberDigit(field.Slice(3, 8));
            bank._agency.CopyTo(field[12..]);
            bank._account.CopyTo(field[16..]);
            field[21] = bank._accountDigit;
            field[22..].Fill('0');
        });
    }

    public string PrintedNumber(long sequence)
    {
        BankDigits.CheckSequence(sequence, LastSequence);
        var number = sequence.ToString("D8", CultureInfo.InvariantCulture);
        return $"{Portfolio}/{number}-{NumberDigit(number)}";
    }

    /// <summary>The DAC of agência, conta, carteira and nosso número.</summary>
    private char NumberDigit(ReadOnlySpan<char> number)
    {
        Span<char> digits = stackalloc char[20];
        _agency.CopyTo(digits);
        _account.CopyTo(digits[4..]);
        Portfolio.CopyTo(digits[9..]);
        number.CopyTo(digits[12..]);
        return (char)('0' + CheckDigits.Mod10(digits));
    }
}
