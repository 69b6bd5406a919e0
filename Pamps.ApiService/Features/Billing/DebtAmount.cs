namespace Pamps.ApiService.Features.Billing;

/// <summary>
/// The amount of a debt as a file writes it: digits, then at most a point or comma with one or two digits.
/// <c>1000000.00</c>, <c>1000,5</c> and <c>7</c> are amounts; <c>1.000,00</c>, <c>1e3</c>, <c>+7</c>, <c>R$ 7</c> and
/// <c>nan</c> are not: whoever could mean two things by a text has to write it again.
/// </summary>
internal static class DebtAmount
{
    private const long MaxCents = (long)(BoletoNumber.MaxAmount * 100);

    /// <summary>Null when the text is an amount from 0.01 to the greatest of a boleto, else what is wrong with it.</summary>
    public static RowReason? TryParse(ReadOnlySpan<byte> bytes, out decimal amount)
    {
        amount = 0;
        if (bytes.IsEmpty)
        {
            return RowReason.Missing;
        }

        long cents = 0;
        var decimals = -1;
        var tooLarge = false;
        for (var i = 0; i < bytes.Length; i++)
        {
            var b = bytes[i];
            if (b is (byte)'.' or (byte)',' && decimals < 0 && i > 0)
            {
                decimals = 0;
            }
            else if (b is >= (byte)'0' and <= (byte)'9')
            {
                cents = (cents * 10) + b - '0';
                decimals += decimals < 0 ? 0 : 1;
                tooLarge |= cents > 100_000_000_000;
                cents = tooLarge ? 0 : cents;
            }
            else if (b == (byte)'-' && i == 0 && bytes.Length > 1)
            {
                return bytes[1..].ContainsAnyExceptInRange((byte)',', (byte)'9') ? RowReason.NotAnAmount : RowReason.Negative;
            }
            else
            {
                return RowReason.NotAnAmount;
            }
        }

        if (decimals == 0)
        {
            return RowReason.NotAnAmount;
        }

        if (decimals > 2)
        {
            return RowReason.TooManyDecimals;
        }

        cents *= decimals switch { 1 => 10, 2 => 1, _ => 100 };
        if (tooLarge || cents > MaxCents)
        {
            return RowReason.TooLarge;
        }

        if (cents == 0)
        {
            return RowReason.Zero;
        }

        amount = new decimal((int)(cents & 0xFFFFFFFF), (int)(cents >> 32), 0, false, 2);
        return null;
    }
}
