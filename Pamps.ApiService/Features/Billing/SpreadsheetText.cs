using System.Buffers;

namespace Pamps.ApiService.Features.Billing;

/// <summary>
/// Text that a spreadsheet shows instead of running it: a cell that starts with one of <c>= + - @</c>, a tab or a carriage
/// return is taken for a formula by common programs, so an apostrophe goes before it (OWASP, CSV injection).
/// </summary>
internal static class SpreadsheetText
{
    private static readonly SearchValues<char> Special = SearchValues.Create(",;\"\r\n\t");

    public static bool StartsFormula(char first) => first is '=' or '+' or '-' or '@' or '\t' or '\r';

    /// <summary>The text as a cell of a CSV file, quoted where it must be.</summary>
    public static string Cell(string text)
    {
        if (text.Length > 0 && StartsFormula(text[0]))
        {
            text = "'" + text;
        }

        return text.AsSpan().IndexOfAny(Special) < 0 && text.Trim().Length == text.Length
            ? text
            : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
