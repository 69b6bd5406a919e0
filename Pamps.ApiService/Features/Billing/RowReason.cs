using System.Globalization;
using Pamps.ApiService.Contracts;

namespace Pamps.ApiService.Features.Billing;

/// <summary>Why a row is refused: a code for programs, and a phrase that follows the name of the field.</summary>
/// <param name="Code">One of <see cref="RowErrorCodes"/>.</param>
/// <param name="Text">What is wrong.</param>
internal sealed record RowReason(string Code, string Text)
{
    public static readonly RowReason Missing = new(RowErrorCodes.Missing, "is missing");

    public static readonly RowReason NotUtf8 = new(RowErrorCodes.NotUtf8, "is not valid UTF-8");

    public static readonly RowReason ControlCharacter = new(RowErrorCodes.ControlCharacter, "has a line break or another control character");

    public static readonly RowReason NotAGovernmentId = new(RowErrorCodes.NotAGovernmentId, "has other characters than those of a CPF or CNPJ");

    public static readonly RowReason NotAnAmount = new(RowErrorCodes.NotAnAmount, "is not an amount like 1234.56");

    public static readonly RowReason Negative = new(RowErrorCodes.Negative, "is negative");

    public static readonly RowReason Zero = new(RowErrorCodes.Zero, "is zero");

    public static readonly RowReason TooManyDecimals = new(RowErrorCodes.TooManyDecimals, "has more than two decimals");

    public static readonly RowReason TooLarge = new(RowErrorCodes.TooLarge, "is larger than 99999999.99, the most a boleto can carry");

    public static readonly RowReason NotADate = new(RowErrorCodes.NotADate, "is not a date like 2026-12-31");

    public static readonly RowReason UnclosedQuote = new(RowErrorCodes.UnclosedQuote, "a quote is opened and not closed");

    public static readonly RowReason TextAfterQuote = new(RowErrorCodes.TextAfterQuote, "there is text after a closing quote");

    public static readonly RowReason LineTooLong = new(
        RowErrorCodes.LineTooLong, string.Create(CultureInfo.InvariantCulture, $"the line is longer than {CsvRecords.MaxLength} bytes"));

    public static RowReason TooLong(int maxLength) =>
        new(RowErrorCodes.TooLong, string.Create(CultureInfo.InvariantCulture, $"is longer than {maxLength} characters"));

    public static RowReason TooManyCells(int cells, int columns) =>
        new(RowErrorCodes.TooManyCells, string.Create(CultureInfo.InvariantCulture, $"the row has {cells} cells and the header {columns}"));
}
