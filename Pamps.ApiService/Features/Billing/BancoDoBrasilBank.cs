using System.Globalization;

namespace Pamps.ApiService.Features.Billing;

/// <summary>
/// Banco do Brasil (001) with an agreement (<i>convênio</i>) of 7 digits, whose field is
/// <c>000000 · convênio 7 · sequence 10 · carteira 2</c>. Agency and account are printed but not in the barcode.
/// Source: Banco do Brasil, specification of the boleto (01/2016).
/// </summary>
internal sealed class BancoDoBrasilBank : IBank
{
    private readonly string _agreement;
    private readonly string _agency;
    private readonly string _account;

    /// <param name="agency">Up to 4 digits, without the check digit.</param>
    /// <param name="account">Up to 8 digits, without the check digit.</param>
    /// <param name="agreement">The convênio: 7 digits, above 1 000 000.</param>
    /// <param name="portfolio">The carteira: 2 digits, for instance 17 or 18.</param>
    /// <exception cref="ArgumentException">A part does not fit.</exception>
    public BancoDoBrasilBank(string agency, string account, string agreement, string portfolio)
    {
        _agency = BankDigits.Pad(agency, 4, nameof(agency));
        _account = BankDigits.Pad(account, 8, nameof(account));
        _agreement = BankDigits.Pad(agreement, 7, nameof(agreement));
        Portfolio = BankDigits.Pad(portfolio, 2, nameof(portfolio));
        if (string.CompareOrdinal(_agreement, "1000000") <= 0)
        {
            throw new ArgumentException("An agreement of 7 digits is above 1 000 000; shorter ones have another layout, which is not supported.", nameof(agreement));
        }
    }

    public string Code => "001";

    public string PrintedCode => "001-9";

    public string Name => "Banco do Brasil";

    public string Portfolio { get; }

    public string PrintedAccount => $"{_agency}-{CheckDigits.BancoDoBrasil(_agency)} / {_account}-{CheckDigits.BancoDoBrasil(_account)}";

    public string PaymentPlace => "Pagável em qualquer banco até o vencimento. Após, atualize o boleto no site bb.com.br.";

    public string NumberRange => $"001/{_agreement}/{Portfolio}";

    public long LastSequence => 9_999_999_999;

    public string FreeField(long sequence)
    {
        BankDigits.CheckSequence(sequence, LastSequence);
        return string.Create(BoletoNumber.FreeFieldLength, (this, sequence), static (field, state) =>
        {
            var (bank, sequence) = state;
            field[..6].Fill('0');
            bank._agreement.CopyTo(field[6..]);
            sequence.TryFormat(field[13..], out _, "D10", CultureInfo.InvariantCulture);
            bank.Portfolio.CopyTo(field[23..]);
        });
    }

    public string PrintedNumber(long sequence)
    {
        BankDigits.CheckSequence(sequence, LastSequence);
        return _agreement + sequence.ToString("D10", CultureInfo.InvariantCulture);
    }
}
