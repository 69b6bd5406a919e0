namespace Pamps.ApiService.Data;

/// <summary>
/// A piece of an uploaded file, kept until its rows are stored. In the database and not in a folder, because the replica
/// that reads it need not be the one that received it.
/// </summary>
internal sealed class BoletoImportChunk
{
    /// <summary>Bytes of every chunk of a file but the last.</summary>
    public const int Size = 1024 * 1024;

    public long ImportId { get; set; }

    /// <summary>From 0.</summary>
    public int Number { get; set; }

    public required byte[] Data { get; set; }
}
