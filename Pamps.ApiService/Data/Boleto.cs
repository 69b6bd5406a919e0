namespace Pamps.ApiService.Data;

/// <summary>A debt and the boleto made of it.</summary>
internal sealed class Boleto
{
    public long Id { get; set; }

    /// <summary>The key given by the creditor; one boleto and one e-mail per debt, ever.</summary>
    public required string DebtId { get; set; }

    public long ImportId { get; set; }

    public BoletoImport Import { get; set; } = null!;

    public required string Name { get; set; }

    /// <summary>CPF or CNPJ as given; not necessarily valid.</summary>
    public required string GovernmentId { get; set; }

    public required string Email { get; set; }

    public decimal Amount { get; set; }

    public DateOnly DueOn { get; set; }

    /// <summary><c>started</c>, <c>bill_generated</c>, <c>bill_sent</c>, <c>done</c> or <c>error</c>.</summary>
    public required string State { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}
