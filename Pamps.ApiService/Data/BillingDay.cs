namespace Pamps.ApiService.Data;

/// <summary>What happened on a day (UTC). Kept in the transactions of what is counted: counting millions of rows for a chart would take seconds.</summary>
internal sealed class BillingDay
{
    public DateOnly Day { get; set; }

    public long Issued { get; set; }

    public long Sent { get; set; }

    /// <summary>Debts closed by payment.</summary>
    public long Paid { get; set; }

    /// <summary>All payments, in Reais.</summary>
    public decimal PaidAmount { get; set; }
}
