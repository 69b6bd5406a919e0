namespace Pamps.ApiService.Features.Billing;

/// <summary>A stream of which the start was read already, put together again, with a count of what was taken from it, and with something put behind it.</summary>
internal sealed class CountedStream(ReadOnlyMemory<byte> start, Stream rest, ReadOnlyMemory<byte> end = default) : Stream
{
    private ReadOnlyMemory<byte> _start = start;
    private ReadOnlyMemory<byte> _end = end;

    /// <summary>Bytes read of the stream itself.</summary>
    public long BytesRead { get; private set; }

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
        int read;
        if (_start.IsEmpty)
        {
            read = await rest.ReadAsync(buffer, cancellationToken);
        }
        else
        {
            read = Math.Min(buffer.Length, _start.Length);
            _start[..read].CopyTo(buffer);
            _start = _start[read..];
        }

        BytesRead += read;
        if (read == 0 && !_end.IsEmpty)
        {
            read = Math.Min(buffer.Length, _end.Length);
            _end[..read].CopyTo(buffer);
            _end = _end[read..];
        }

        return read;
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
}
