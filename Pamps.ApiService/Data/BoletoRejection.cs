namespace Pamps.ApiService.Data;

/// <summary>A row of a file that is no debt, kept to be corrected.</summary>
internal sealed class BoletoRejection
{
    public long ImportId { get; set; }

    public BoletoImport Import { get; set; } = null!;

    /// <summary>The line of the file; the header is line 1.</summary>
    public long Line { get; set; }

    /// <summary>The cells as they came, in the order of the columns.</summary>
    public required string[] Cells { get; set; }

    /// <summary>Which fields are wrong; empty for the row as a whole. As long as <see cref="Values"/>, <see cref="Codes"/> and <see cref="Reasons"/>.</summary>
    public required string[] Fields { get; set; }

    public required string[] Values { get; set; }

    /// <summary>What is wrong, of <see cref="Contracts.RowErrorCodes"/>.</summary>
    public required string[] Codes { get; set; }

    /// <summary>The same in words.</summary>
    public required string[] Reasons { get; set; }
}
