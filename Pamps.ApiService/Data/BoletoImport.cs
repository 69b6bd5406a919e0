namespace Pamps.ApiService.Data;

/// <summary>A file of debts, and how far it has been read.</summary>
internal sealed class BoletoImport
{
    public long Id { get; set; }

    public long? AccountId { get; set; }

    public Account? Account { get; set; }

    public required string FileName { get; set; }

    /// <summary>SHA-256 of the content; the same file is the same import.</summary>
    public required byte[] Hash { get; set; }

    /// <summary>One of <see cref="BoletoImportStates"/>.</summary>
    public required string State { get; set; }

    /// <summary>Size of the unpacked file.</summary>
    public long ByteCount { get; set; }

    /// <summary>Whether letters above 127 are Windows-1252 instead of UTF-8.</summary>
    public bool IsWindows1252 { get; set; }

    /// <summary>Where reading goes on, in bytes; all before it is stored as debts or rejections.</summary>
    public long Position { get; set; }

    /// <summary>The line at <see cref="Position"/>.</summary>
    public long NextLine { get; set; }

    public long Rows { get; set; }

    public long Accepted { get; set; }

    /// <summary>Rows whose debt was known already.</summary>
    public long Duplicates { get; set; }

    public long Rejected { get; set; }

    public long Issued { get; set; }

    public long Sent { get; set; }

    /// <summary>Debts paid in full.</summary>
    public long Paid { get; set; }

    /// <summary>Id of its first debt. With <see cref="LastBoletoId"/> it spares an index of all debts by import: between the two are only its own and those of imports read at the same time.</summary>
    public long? FirstBoletoId { get; set; }

    /// <summary>Id of its last debt so far.</summary>
    public long? LastBoletoId { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? CompletedAt { get; set; }
}
