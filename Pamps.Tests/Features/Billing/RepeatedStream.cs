using System.Text;

namespace Pamps.Tests.Features.Billing;

/// <summary>A large file that takes no memory: a start, a part many times, an end; or any file in reads of a given size.</summary>
internal sealed class RepeatedStream(byte[] start, byte[] part, long times, byte[] end, int readSize) : Stream
{
    private long _position;

    public RepeatedStream(string start, string part, long times, string end)
        : this(Encoding.UTF8.GetBytes(start), Encoding.UTF8.GetBytes(part), times, Encoding.UTF8.GetBytes(end), int.MaxValue)
    {
    }

    public RepeatedStream(byte[] file, int readSize)
        : this(file, [], 0, [], readSize)
    {
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => start.Length + (part.Length * times) + end.Length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var count = (int)Math.Min(Math.Min(buffer.Length, readSize), Length - _position);
        for (var i = 0; i < count; i++, _position++)
        {
            buffer[i] = _position < start.Length
                ? start[_position]
                : _position < start.Length + (part.Length * times)
                    ? part[(_position - start.Length) % part.Length]
                    : end[_position - start.Length - (part.Length * times)];
        }

        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
