using System.IO.Compression;
using System.Security.Cryptography;

namespace Pamps.ApiService.Features.Billing;

/// <summary>
/// Unpacks gzip (RFC 1952), of one member or several, and notices when the end is missing, which the library does not: it
/// takes the end of the input for the end of the file. So one more member is put behind the file, with a mark that nobody
/// outside knows, and only a file that is whole leads up to it.
/// </summary>
internal sealed class GzipFile : Stream
{
    private const int MarkLength = 16;

    private static readonly byte[] Mark = RandomNumberGenerator.GetBytes(MarkLength);
    private static readonly byte[] PackedMark = Pack(Mark);

    private readonly GZipStream _unpacked;

    // The last bytes read are held back: they may be the mark.
    private readonly byte[] _held = new byte[32 * 1024];
    private int _start;
    private int _end;

    /// <param name="start">What was read of the file already.</param>
    /// <param name="rest">The rest of it.</param>
    public GzipFile(ReadOnlyMemory<byte> start, Stream rest)
    {
        Packed = new CountedStream(start, rest, PackedMark);
        _unpacked = new GZipStream(Packed, CompressionMode.Decompress);
    }

    /// <summary>The file as it comes.</summary>
    public CountedStream Packed { get; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="InvalidDataException">The file is damaged or cut off.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_end - _start <= MarkLength)
        {
            _held.AsSpan(_start, _end - _start).CopyTo(_held);
            (_start, _end) = (0, _end - _start);
            var read = await _unpacked.ReadAsync(_held.AsMemory(_end), cancellationToken);
            _end += read;
            if (read == 0)
            {
                return _held.AsSpan(0, _end).SequenceEqual(Mark) ? 0 : throw new InvalidDataException("The packed file is not whole.");
            }
        }

        var count = Math.Min(buffer.Length, _end - _start - MarkLength);
        _held.AsMemory(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("The body is read asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _unpacked.Dispose();
        }

        base.Dispose(disposing);
    }

    private static byte[] Pack(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }
}
