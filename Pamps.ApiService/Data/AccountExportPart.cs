namespace Pamps.ApiService.Data;

/// <summary>
/// A piece of an export: some rows of one section, as JSON objects joined by commas. Pieces are kept in the database, so
/// that any replica can go on with an export or send it; the archive is put together while it is sent.
/// </summary>
internal sealed class AccountExportPart
{
    public long ExportId { get; set; }

    public AccountExport Export { get; set; } = null!;

    public required string Section { get; set; }

    /// <summary>The key after which the rows begin: the same step done twice writes the same piece.</summary>
    public long AfterKey { get; set; }

    public required byte[] Json { get; set; }
}
