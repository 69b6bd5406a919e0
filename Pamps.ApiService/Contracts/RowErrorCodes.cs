namespace Pamps.ApiService.Contracts;

/// <summary>What can be wrong with a row of a file of debts. Codes stay what they are; the sentences beside them may change.</summary>
public static class RowErrorCodes
{
    /// <summary>A value is missing.</summary>
    public const string Missing = "missing";

    /// <summary>The bytes are not valid in the encoding of the file.</summary>
    public const string NotUtf8 = "not_utf8";

    /// <summary>The value has more characters than its column may have.</summary>
    public const string TooLong = "too_long";

    /// <summary>The value has a line break or another control character.</summary>
    public const string ControlCharacter = "control_character";

    /// <summary>The id has other characters than those of a CPF or CNPJ.</summary>
    public const string NotAGovernmentId = "not_a_government_id";

    /// <summary>The amount cannot be read, or can be read in two ways.</summary>
    public const string NotAnAmount = "not_an_amount";

    /// <summary>The amount is below zero.</summary>
    public const string Negative = "negative";

    /// <summary>The amount is zero.</summary>
    public const string Zero = "zero";

    /// <summary>The amount has fractions of a cent.</summary>
    public const string TooManyDecimals = "too_many_decimals";

    /// <summary>The amount is more than a boleto can carry.</summary>
    public const string TooLarge = "amount_too_large";

    /// <summary>The date does not exist or is written otherwise than year, month, day.</summary>
    public const string NotADate = "not_a_date";

    /// <summary>The row has more cells than the header has columns: usually a separator inside a value.</summary>
    public const string TooManyCells = "too_many_cells";

    /// <summary>A quote is opened and not closed.</summary>
    public const string UnclosedQuote = "unclosed_quote";

    /// <summary>Text follows a closing quote.</summary>
    public const string TextAfterQuote = "text_after_quote";

    /// <summary>The line is longer than any row can be.</summary>
    public const string LineTooLong = "line_too_long";
}
