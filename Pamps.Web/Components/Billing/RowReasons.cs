using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;

namespace Pamps.Web.Components.Billing;

/// <summary>What is wrong with a row of a file, in the visitor's language. The API keeps each reason as one English phrase, in the words of the correction file.</summary>
internal static partial class RowReasons
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["is missing"] = "Missing",
        ["is negative"] = "Negative",
        ["is zero"] = "Zero",
        ["is not an amount like 1234.56"] = "Amount",
        ["has more than two decimals"] = "Decimals",
        ["is larger than 99999999.99, the most a boleto can carry"] = "TooLarge",
        ["is not a date like 2026-12-31"] = "Date",
        ["is not valid UTF-8"] = "Encoding",
        ["has a line break or another control character"] = "Control",
        ["has other characters than those of a CPF or CNPJ"] = "GovernmentId",
    };

    /// <summary>The reason; as the API says it where this site does not know it yet.</summary>
    public static string Of(string reason, IStringLocalizer text)
    {
        if (Names.TryGetValue(reason, out var name))
        {
            return text["RowReason." + name];
        }

        return TooLong().Match(reason) is { Success: true } tooLong ? text["RowReason.TooLong", tooLong.Groups[1].Value]
            : Cells().Match(reason) is { Success: true } cells ? text["RowReason.Cells", cells.Groups[1].Value, cells.Groups[2].Value]
            : reason;
    }

    [GeneratedRegex("^is longer than ([0-9]+) characters$")]
    private static partial Regex TooLong();

    [GeneratedRegex("^the row has ([0-9]+) cells and the header ([0-9]+)$")]
    private static partial Regex Cells();
}
