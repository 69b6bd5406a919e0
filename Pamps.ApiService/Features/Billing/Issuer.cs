using Pamps.ApiService.Data;

namespace Pamps.ApiService.Features.Billing;

/// <summary>A bank account and the beneficiary behind it: makes numbers, documents and Pix codes.</summary>
internal sealed class Issuer
{
    private readonly IssuerDocument _document;
    private readonly Beneficiary _beneficiary;
    private readonly PixCode? _pix;

    private Issuer(int id, IssuerDocument document, IBank bank, PixCode? pix)
    {
        Id = id;
        Bank = bank;
        _document = document;
        _beneficiary = new Beneficiary(document.Name, document.TaxId, document.Address, document.Instructions);
        _pix = pix;
    }

    public int Id { get; }

    public IBank Bank { get; }

    public string BeneficiaryName => _document.Name;

    /// <exception cref="ArgumentException">A part does not fit its bank or the Pix code.</exception>
    public static Issuer Create(int id, IssuerDocument document)
    {
        IBank bank = document.BankCode switch
        {
            "341" => new ItauBank(document.Agency, document.Account, document.Portfolio),
            "001" => new BancoDoBrasilBank(document.Agency, document.Account, document.Agreement, document.Portfolio),
            _ => throw new ArgumentException($"There is no bank {document.BankCode} here; there are 341 (Itaú) and 001 (Banco do Brasil)."),
        };
        if (document.Name.Length == 0 || document.TaxId.Length == 0 || document.Address.Length == 0)
        {
            throw new ArgumentException("Name, CPF or CNPJ and address of the beneficiary must be on every boleto (Law 12.039/2009).");
        }

        return new Issuer(id, document, bank, PixOf(document));
    }

    /// <summary>The number of a boleto.</summary>
    /// <exception cref="ArgumentException">A part does not fit.</exception>
    public BoletoNumber Number(long sequence, DateOnly dueOn, decimal amount) =>
        BoletoNumber.Create(Bank.Code, dueOn, amount, Bank.FreeField(sequence));

    /// <summary>The Pix code of an issued boleto, or null without a key.</summary>
    public string? Pix(Boleto boleto)
    {
        if (_pix is null || boleto.Sequence is not { } sequence)
        {
            return null;
        }

        // Bank and nosso número: at most 20 digits, unique per receiver, and they name the boleto without a look-up.
        var number = string.Concat(Bank.PrintedNumber(sequence).Where(char.IsAsciiDigit));
        return (_pix with { Amount = boleto.Amount, TransactionId = Bank.Code + number }).Build();
    }

    /// <summary>What an issued boleto shows.</summary>
    public BoletoDocument Document(Boleto boleto)
    {
        if (boleto is not { Sequence: { } sequence, IssuedAt: { } issuedAt })
        {
            throw new InvalidOperationException("The debt has no number yet.");
        }

        return new BoletoDocument
        {
            Bank = Bank,
            Beneficiary = _beneficiary,
            Number = Number(sequence, boleto.DueOn, boleto.Amount),
            OurNumber = Bank.PrintedNumber(sequence),
            DocumentNumber = boleto.DebtId,
            IssuedOn = BrazilianFormat.Day(issuedAt),
            DueOn = boleto.DueOn,
            Amount = boleto.Amount,
            PayerName = boleto.Name,
            PayerTaxId = boleto.GovernmentId,
            Pix = Pix(boleto),
        };
    }

    private static PixCode? PixOf(IssuerDocument document)
    {
        if (document.PixKey.Length == 0)
        {
            return null;
        }

        var pix = new PixCode
        {
            Key = document.PixKey,
            Name = PixCode.Fold(document.Name, PixCode.MaxNameLength),
            City = PixCode.Fold(document.City, PixCode.MaxCityLength),
        };
        try
        {
            pix.Build();
            return pix;
        }
        catch (InvalidOperationException exception)
        {
            throw new ArgumentException(exception.Message, exception);
        }
    }
}
