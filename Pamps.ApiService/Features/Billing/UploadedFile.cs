using System.Security.Cryptography;
using Npgsql;
using NpgsqlTypes;
using Pamps.ApiService.Data;

namespace Pamps.ApiService.Features.Billing;

/// <summary>
/// A file while it arrives: whoever reads it, to its end, thereby stores it. Every block is hashed, looked at for its
/// encoding and written to the database in chunks, in one COPY whose transaction the caller commits or forgets; so a
/// file that breaks off leaves nothing, and no more of it than a chunk is ever in memory.
/// </summary>
internal sealed class UploadedFile(UploadBody body, NpgsqlBinaryImporter chunks, long importId, long maxBytes) : Stream
{
    // Tables of names and numbers pack to a tenth or so; a file that packs to less than this is made to fill a disk.
    private const int BombFactor = 200;
    private const int BombBytes = 8 * 1024 * 1024;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly CsvEncodingProbe _probe = new();
    private readonly byte[] _chunk = new byte[BoletoImportChunk.Size];
    private int _filled;
    private int _number;

    public long ByteCount { get; private set; }

    public CsvEncoding Encoding => _probe.Encoding;

    /// <summary>Whether some bytes are no UTF-8.</summary>
    public bool HasInvalidUtf8 => _probe.Invalid > 0;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await body.Content.ReadAsync(buffer, cancellationToken);
        if (read == 0)
        {
            return 0;
        }

        ByteCount += read;
        if (ByteCount > maxBytes)
        {
            throw new FileTooLargeException(maxBytes);
        }

        if (body.Packed is { } packed && ByteCount > BombBytes && ByteCount / BombFactor > packed.BytesRead)
        {
            throw new FileTooLargeException($"The file unpacks to more than {BombFactor} times its size.");
        }

        var block = buffer[..read];
        _hash.AppendData(block.Span);
        _probe.Add(block.Span);
        while (!block.IsEmpty)
        {
            var part = block[..Math.Min(block.Length, _chunk.Length - _filled)];
            part.CopyTo(_chunk.AsMemory(_filled));
            _filled += part.Length;
            block = block[part.Length..];
            if (_filled == _chunk.Length)
            {
                await WriteChunkAsync(cancellationToken);
            }
        }

        return read;
    }

    /// <summary>Reads what is left, writes the last chunk and returns the hash of the whole.</summary>
    public async Task<byte[]> FinishAsync(CancellationToken cancellationToken)
    {
        var rest = new byte[64 * 1024];
        while (await ReadAsync(rest, cancellationToken) > 0)
        {
            // Reading stores.
        }

        if (_filled > 0)
        {
            await WriteChunkAsync(cancellationToken);
        }

        return _hash.GetHashAndReset();
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("The file is read asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _hash.Dispose();
        base.Dispose(disposing);
    }

    private async Task WriteChunkAsync(CancellationToken cancellationToken)
    {
        await chunks.StartRowAsync(cancellationToken);
        await chunks.WriteAsync(importId, NpgsqlDbType.Bigint, cancellationToken);
        await chunks.WriteAsync(_number++, NpgsqlDbType.Integer, cancellationToken);
        await chunks.WriteAsync<ReadOnlyMemory<byte>>(_chunk.AsMemory(0, _filled), NpgsqlDbType.Bytea, cancellationToken);
        _filled = 0;

        // A sender that is faster than this would keep a thread that requests wait for.
        await Task.Yield();
    }
}
