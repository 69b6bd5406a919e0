using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Pamps.ApiService.Contracts;

/// <summary>A file of debts on its way to boletos.</summary>
public sealed record BoletoImportResponse
{
    /// <summary>The opaque id.</summary>
    public required string Id { get; init; }

    /// <summary>The name the file was sent with.</summary>
    public required string FileName { get; init; }

    /// <summary>SHA-256 of the unpacked file, in hexadecimal; the same file is the same import.</summary>
    public required string Sha256 { get; init; }

    /// <summary><c>received</c>, <c>processing</c> or <c>done</c>: every row is a debt, a duplicate or a rejection.</summary>
    public required string State { get; init; }

    /// <summary>Size of the unpacked file, in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>How many of them have been read.</summary>
    public required long BytesRead { get; init; }

    /// <summary>Rows read, without the header and empty lines.</summary>
    public required long Rows { get; init; }

    /// <summary>Rows that became debts.</summary>
    public required long Accepted { get; init; }

    /// <summary>Rows whose debt was known already, from this file or another; they were skipped.</summary>
    public required long Duplicates { get; init; }

    /// <summary>Rows that are no debts; see the errors of the import.</summary>
    public required long Rejected { get; init; }

    /// <summary>Debts that have a boleto.</summary>
    public required long Issued { get; init; }

    /// <summary>Debts whose debtor was mailed.</summary>
    public required long Sent { get; init; }

    /// <summary>Debts in the state <c>error</c>; absent in lists.</summary>
    public long? Failed { get; init; }

    /// <summary>Debts paid in full.</summary>
    public required long Paid { get; init; }

    /// <summary>When the whole file had arrived.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its last row was stored.</summary>
    public DateTimeOffset? CompletedAt { get; init; }
}

/// <summary>One thing wrong with a row of a file.</summary>
/// <param name="Line">The line of the file; the header is line 1.</param>
/// <param name="Field">The column; empty when it is the row as a whole.</param>
/// <param name="Value">What stands there, cut when it is long.</param>
/// <param name="Code">What is wrong with it, of <see cref="RowErrorCodes"/>.</param>
/// <param name="Reason">The same as a phrase that follows the name of the field.</param>
public sealed record RowErrorResponse(long Line, string Field, string Value, string Code, string Reason);

/// <summary>A debt and its boleto.</summary>
public sealed record BoletoResponse
{
    /// <summary>The opaque id.</summary>
    public required string Id { get; init; }

    /// <summary>The creditor's key of the debt.</summary>
    public required string DebtId { get; init; }

    /// <summary>The import that brought it.</summary>
    public required string ImportId { get; init; }

    /// <summary>The line of its file.</summary>
    public required long Line { get; init; }

    /// <summary>The debtor.</summary>
    public required string Name { get; init; }

    /// <summary>CPF or CNPJ as given.</summary>
    public required string GovernmentId { get; init; }

    /// <summary>Whether its check digits are wrong: a hint, not an error.</summary>
    public required bool GovernmentIdDoubtful { get; init; }

    /// <summary>Where the boleto is mailed to, as given.</summary>
    public required string Email { get; init; }

    /// <summary>In Reais.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The due date.</summary>
    public required DateOnly DueOn { get; init; }

    /// <summary>Whether it was overdue on arrival.</summary>
    public required bool PastDue { get; init; }

    /// <summary><c>started</c>, <c>bill_generated</c>, <c>bill_sent</c>, <c>done</c> or <c>error</c>.</summary>
    public required string State { get; init; }

    /// <summary>Why the last attempt failed.</summary>
    public string? Error { get; init; }

    /// <summary>The same for programs, of <see cref="BoletoErrorCodes"/>.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Attempts to mail it.</summary>
    public required int Attempts { get; init; }

    /// <summary>When work on it goes on, if any is left.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>The <i>nosso número</i> as printed.</summary>
    public string? OurNumber { get; init; }

    /// <summary>44 digits.</summary>
    public string? Barcode { get; init; }

    /// <summary>The <i>linha digitável</i> with dots and blanks.</summary>
    public string? TypedLine { get; init; }

    /// <summary>The Pix code to copy; absent when no key is configured.</summary>
    public string? Pix { get; init; }

    /// <summary>When it got its number.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>When its mail was handed over.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary><c>open</c>, <c>partial</c>, <c>paid</c> or <c>overpaid</c>.</summary>
    public required string PaymentState { get; init; }

    /// <summary>Sum of all payments, in Reais.</summary>
    public required decimal PaidAmount { get; init; }

    /// <summary>What is still owed, in Reais.</summary>
    public required decimal Rest { get; init; }

    /// <summary>When the last payment was made.</summary>
    public DateTimeOffset? PaidAt { get; init; }

    /// <summary>Whether a person has to look: more was paid than owed.</summary>
    public required bool NeedsReview { get; init; }
}

/// <summary>What the bank reports about a payment.</summary>
public sealed record RecordPaymentRequest
{
    /// <summary>The debt's id; a number is taken as its digits.</summary>
    public JsonElement DebtId { get; init; }

    /// <summary><c>YYYY-MM-DD HH:MM:SS</c> in Brasília time, or ISO 8601 with an offset.</summary>
    [Required]
    public string? PaidAt { get; init; }

    /// <summary>In Reais, more than 0, at most two decimals.</summary>
    [Required]
    public decimal? PaidAmount { get; init; }

    /// <summary>Who paid.</summary>
    [StringLength(200)]
    public string? PaidBy { get; init; }
}

/// <summary>What became of a debt by a payment.</summary>
/// <param name="Message">Always <c>Ok</c>, as the older API answered.</param>
/// <param name="PaymentState"><c>partial</c>, <c>paid</c> or <c>overpaid</c>.</param>
/// <param name="Rest">What is still owed, in Reais.</param>
public sealed record RecordPaymentResponse(string Message, string PaymentState, decimal Rest);

/// <summary>What a mail provider reports about a mail that was not delivered.</summary>
public sealed record RecordBounceRequest
{
    /// <summary>The Message-ID of the boleto's mail, with or without angle brackets.</summary>
    [Required, StringLength(300)]
    public string? MessageId { get; init; }

    /// <summary>The enhanced status code (RFC 3463), such as <c>5.1.1</c>; 5.0.0 when absent. Codes that start with 4 are delays.</summary>
    [StringLength(11)]
    public string? Status { get; init; }
}

/// <summary>What became of a boleto whose mail came back.</summary>
/// <param name="BoletoId">The boleto.</param>
/// <param name="State">Its state now.</param>
public sealed record BounceResponse(string BoletoId, string State);

/// <summary>What happened on a day.</summary>
/// <param name="Day">The day, UTC.</param>
/// <param name="Issued">Boletos that got their number.</param>
/// <param name="Sent">Mails handed over.</param>
/// <param name="Paid">Debts closed by payment.</param>
/// <param name="PaidAmount">All payments, in Reais.</param>
public sealed record BillingDayResponse(DateOnly Day, long Issued, long Sent, long Paid, decimal PaidAmount);

/// <summary>How many boletos go through the work of issuing and mailing again.</summary>
/// <param name="Count">Their number.</param>
public sealed record ReissueResponse(long Count);
