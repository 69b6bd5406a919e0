namespace Pamps.ApiService.Features.Billing;

/// <summary>
/// What differs from bank to bank: the 25 digits of the bank's own field and what is printed of them. An instance stands
/// for one account of the beneficiary with one portfolio (<i>carteira</i>), and has been checked when it exists.
/// </summary>
internal interface IBank
{
    /// <summary>Three digits, as in the barcode.</summary>
    string Code { get; }

    /// <summary>The code with its check digit, as printed in bold.</summary>
    string PrintedCode { get; }

    /// <summary>The name printed beside the code.</summary>
    string Name { get; }

    /// <summary>The portfolio, as printed.</summary>
    string Portfolio { get; }

    /// <summary>Agency and account, as printed.</summary>
    string PrintedAccount { get; }

    /// <summary>Where the boleto can be paid, in the bank's wording.</summary>
    string PaymentPlace { get; }

    /// <summary>Names the range of numbers that must never repeat: bank, account and portfolio.</summary>
    string NumberRange { get; }

    /// <summary>The greatest sequence number of the range.</summary>
    long LastSequence { get; }

    /// <summary>The bank's own field of the barcode for a sequence number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The sequence is not from 1 to <see cref="LastSequence"/>.</exception>
    string FreeField(long sequence);

    /// <summary>The <i>nosso número</i> as printed.</summary>
    string PrintedNumber(long sequence);
}
