namespace Pamps.ApiService.Data;

/// <summary>A payment that the bank reported.</summary>
internal sealed class BoletoPayment
{
    public long Id { get; set; }

    public long BoletoId { get; set; }

    public Boleto Boleto { get; set; } = null!;

    /// <summary>SHA-256 of all that the notice says; the same notice is the same payment.</summary>
    public required byte[] Hash { get; set; }

    /// <summary>In Reais.</summary>
    public decimal Amount { get; set; }

    public DateTimeOffset PaidAt { get; set; }

    public string? PaidBy { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When the debtor is to be told that a rest remains; null when there is nothing to tell.</summary>
    public DateTimeOffset? NoticeAvailableAt { get; set; }

    public int NoticeAttempts { get; set; }
}
