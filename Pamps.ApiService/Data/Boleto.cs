namespace Pamps.ApiService.Data;

/// <summary>A debt and the boleto made of it. The row is also its place in the queues of issuing and mailing.</summary>
internal sealed class Boleto
{
    public long Id { get; set; }

    /// <summary>The key given by the creditor; one boleto and one e-mail per debt, ever.</summary>
    public required string DebtId { get; set; }

    /// <summary>The <see cref="BoletoImport"/> that brought it. No foreign key, here and for the issuer: neither is ever deleted, and a check a row is dear in files of a million.</summary>
    public long ImportId { get; set; }

    /// <summary>The line of the file; the header is line 1.</summary>
    public long Line { get; set; }

    public required string Name { get; set; }

    /// <summary>CPF or CNPJ as given; not necessarily valid.</summary>
    public required string GovernmentId { get; set; }

    public required string Email { get; set; }

    /// <summary>In Reais.</summary>
    public decimal Amount { get; set; }

    public DateOnly DueOn { get; set; }

    /// <summary>The id has no right check digits: a flag for people, not a reason to refuse.</summary>
    public bool GovernmentIdDoubtful { get; set; }

    /// <summary>Was overdue on arrival.</summary>
    public bool PastDue { get; set; }

    /// <summary>One of <see cref="BoletoStates"/>.</summary>
    public required string State { get; set; }

    /// <summary>Why the last attempt failed, without personal data.</summary>
    public string? Error { get; set; }

    /// <summary>The same as one of <see cref="Contracts.BoletoErrorCodes"/>.</summary>
    public string? ErrorCode { get; set; }

    /// <summary>Whether the daily run may try again what is in <see cref="BoletoStates.Error"/>.</summary>
    public bool Retryable { get; set; }

    public int Attempts { get; set; }

    /// <summary>Not before; moved into the future by a claim (lease) or a failure (pause); null when nothing is to be done.</summary>
    public DateTimeOffset? AvailableAt { get; set; }

    /// <summary>The <see cref="BoletoIssuer"/> by whose bank it was issued.</summary>
    public int? IssuerId { get; set; }

    /// <summary>The number of the issuer's range from which the nosso número is made; never used twice.</summary>
    public long? Sequence { get; set; }

    /// <summary>44 digits.</summary>
    public string? Barcode { get; set; }

    /// <summary>The linha digitável, 47 digits.</summary>
    public string? TypedLine { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? IssuedAt { get; set; }

    public DateTimeOffset? SentAt { get; set; }

    /// <summary>Sum of all payments, in Reais.</summary>
    public decimal PaidAmount { get; set; }

    /// <summary>When the last payment was made, as the bank says.</summary>
    public DateTimeOffset? PaidAt { get; set; }

    /// <summary>More was paid than owed: a person has to look.</summary>
    public bool NeedsReview { get; set; }
}
