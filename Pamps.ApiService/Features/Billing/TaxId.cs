namespace Pamps.ApiService.Features.Billing;

/// <summary>
/// CPF (11 digits) and CNPJ (14 characters, letters allowed in the first 12 since July 2026) with their two check digits.
/// Sources: Receita Federal, IN RFB 2.172/2024 (CPF) and IN RFB 2.229/2024 (alphanumeric CNPJ).
/// </summary>
internal static class TaxId
{
    /// <summary>Whether the text is a CPF or CNPJ with right check digits; points, hyphens, slashes and blanks do not matter.</summary>
    public static bool IsValid(ReadOnlySpan<char> text)
    {
        Span<int> values = stackalloc int[14];
        var count = 0;
        var letters = false;
        foreach (var c in text)
        {
            if (c is '.' or '-' or '/' or ' ')
            {
                continue;
            }

            if (!char.IsAsciiLetterOrDigit(c) || count == values.Length)
            {
                return false;
            }

            letters |= char.IsAsciiLetter(c);
            values[count++] = char.ToUpperInvariant(c) - '0';
        }

        // Eleven or fourteen times the same digit passes the sums and is nobody's id.
        if (count is not (11 or 14) || !values[..count].ContainsAnyExcept(values[0]))
        {
            return false;
        }

        return count == 11
            ? !letters && Digit(values[..9], 12) == values[9] && Digit(values[..10], 12) == values[10]
            : Digit(values[..12], 9) == values[12] && Digit(values[..13], 9) == values[13];
    }

    /// <summary>Weights 2, 3 … from the right, starting again after the largest.</summary>
    private static int Digit(ReadOnlySpan<int> values, int largestWeight)
    {
        var sum = 0;
        var weight = 2;
        for (var i = values.Length - 1; i >= 0; i--)
        {
            sum += values[i] * weight;
            weight = weight == largestWeight ? 2 : weight + 1;
        }

        var remainder = sum % 11;
        return remainder < 2 ? 0 : 11 - remainder;
    }
}
