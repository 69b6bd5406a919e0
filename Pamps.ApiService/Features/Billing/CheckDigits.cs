namespace Pamps.ApiService.Features.Billing;

/// <summary>
/// The three check digits of a boleto. All of them take ASCII digits and nothing else; callers have checked that.
/// Sources: FEBRABAN, ficha de compensação; Banco do Brasil, specification of the boleto (01/2016).
/// </summary>
internal static class CheckDigits
{
    /// <summary>Weights 2, 1, 2, 1 … from the right, digits of each product added: fields 1 to 3 of the typed line, and Itaú's DAC.</summary>
    public static int Mod10(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        var doubled = true;
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            var product = (digits[i] - '0') * (doubled ? 2 : 1);
            sum += product > 9 ? product - 9 : product;
            doubled = !doubled;
        }

        return (10 - (sum % 10)) % 10;
    }

    /// <summary>
    /// The general digit of the barcode: weights 2 … 9, 2 … from the right over <paramref name="head"/> followed by
    /// <paramref name="tail"/> (the digit itself stands between them). Never 0; three remainders share the digit 1.
    /// </summary>
    public static int Mod11(ReadOnlySpan<char> head, ReadOnlySpan<char> tail)
    {
        var sum = 0;
        var weight = 2;
        for (var i = tail.Length - 1; i >= 0; i--)
        {
            sum += (tail[i] - '0') * weight;
            weight = weight == 9 ? 2 : weight + 1;
        }

        for (var i = head.Length - 1; i >= 0; i--)
        {
            sum += (head[i] - '0') * weight;
            weight = weight == 9 ? 2 : weight + 1;
        }

        var digit = 11 - (sum % 11);
        return digit > 9 ? 1 : digit;
    }

    /// <summary>Banco do Brasil's digit of agency and account: weights 9 … 2, 9 … from the right, the remainder 10 is <c>X</c>.</summary>
    public static char BancoDoBrasil(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        var weight = 9;
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            sum += (digits[i] - '0') * weight;
            weight = weight == 2 ? 9 : weight - 1;
        }

        var remainder = sum % 11;
        return remainder == 10 ? 'X' : (char)('0' + remainder);
    }
}
