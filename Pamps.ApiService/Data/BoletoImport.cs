namespace Pamps.ApiService.Data;

/// <summary>A file of debts.</summary>
internal sealed class BoletoImport
{
    public long Id { get; set; }

    public long? AccountId { get; set; }

    public Account? Account { get; set; }

    public required string FileName { get; set; }

    /// <summary>SHA-256 of the content; the same file is the same import.</summary>
    public required byte[] Hash { get; set; }

    public required string State { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? CompletedAt { get; set; }
}
