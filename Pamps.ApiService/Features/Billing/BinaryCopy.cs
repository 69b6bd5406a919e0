using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Npgsql;

namespace Pamps.ApiService.Features.Billing;

/// <summary>
/// Rows for <c>COPY … FROM STDIN (FORMAT BINARY)</c>, put together in a buffer that goes to the database whenever it is
/// nearly full. The library's own importer takes every single value through a look-up of its type and an asynchronous
/// call, which was half of what a row of an import cost this process.
/// Source: PostgreSQL documentation, COPY, binary format; the values as the receive functions of their types read them.
/// </summary>
internal sealed class BinaryCopy : IAsyncDisposable
{
    private const int BufferLength = 64 * 1024;

    /// <summary>The longest row a caller may write before it asks whether the buffer is full.</summary>
    private const int MaxRowLength = 8 * 1024;

    private static readonly long Epoch = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
    private static readonly int FirstDay = new DateOnly(2000, 1, 1).DayNumber;

    private readonly NpgsqlRawCopyStream _stream;
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
    private int _length;
    private bool _ended;

    private BinaryCopy(NpgsqlRawCopyStream stream)
    {
        _stream = stream;

        Start.CopyTo(_buffer);
        _length = Start.Length;
    }

    /// <summary>Signature, flags, and the length of what else the start might have.</summary>
    private static ReadOnlySpan<byte> Start => [(byte)'P', (byte)'G', (byte)'C', (byte)'O', (byte)'P', (byte)'Y', (byte)'\n', 0xFF, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>Whether the buffer must go to the database before the next row.</summary>
    public bool IsFull => _length > BufferLength - MaxRowLength;

    /// <summary>Starts a COPY.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="command">The statement, in binary format.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<BinaryCopy> BeginAsync(NpgsqlConnection connection, string command, CancellationToken cancellationToken) =>
        new(await connection.BeginRawBinaryCopyAsync(command, cancellationToken));

    /// <summary>Starts a row.</summary>
    public void StartRow(short columns) => Write16(columns);

    public void Write(long value)
    {
        Write32(sizeof(long));
        Write64(value);
    }

    public void Write(int value)
    {
        Write32(sizeof(int));
        Write32(value);
    }

    public void Write(bool value)
    {
        Write32(1);
        _buffer[_length++] = value ? (byte)1 : (byte)0;
    }

    /// <summary>A <c>text</c> or <c>varchar</c>.</summary>
    public void Write(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_length + sizeof(int)));
        Write32(bytes);
        _length += bytes;
    }

    /// <summary>A <c>text</c> or <c>varchar</c>, as UTF-8.</summary>
    public void Write(ReadOnlySpan<byte> text)
    {
        Write32(text.Length);
        text.CopyTo(_buffer.AsSpan(_length));
        _length += text.Length;
    }

    /// <summary>A <c>date</c>: days since 2000-01-01.</summary>
    public void Write(DateOnly day) => Write(day.DayNumber - FirstDay);

    /// <summary>A <c>timestamptz</c>: microseconds since 2000-01-01.</summary>
    public void Write(DateTimeOffset time) => Write((time.UtcTicks - Epoch) / TimeSpan.TicksPerMicrosecond);

    /// <summary>A <c>numeric(10,2)</c> from 0 to 99,999,999.99: digits to the base of ten thousand, two before the point and one after it.</summary>
    public void Write(decimal amount)
    {
        var cents = (int)((long)(amount * 100) % 100);
        var whole = (int)amount;
        Write32(14);
        Write16(3);
        Write16(1);
        Write16(0);
        Write16(2);
        Write16((short)(whole / 10_000));
        Write16((short)(whole % 10_000));
        Write16((short)(cents * 100));
    }

    public void WriteNull() => Write32(-1);

    /// <summary>Sends what the buffer holds.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await _stream.WriteAsync(_buffer.AsMemory(0, _length), cancellationToken);
        _length = 0;
    }

    /// <summary>Sends the rest and waits until the database has stored everything.</summary>
    /// <exception cref="PostgresException">The database refused a row; none of them is stored.</exception>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        Write16(-1);
        await FlushAsync(cancellationToken);
        _ended = true;
        await _stream.DisposeAsync();
    }

    /// <summary>Takes everything back, unless it is completed.</summary>
    public async ValueTask DisposeAsync()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        if (_ended)
        {
            return;
        }

        try
        {
            await _stream.CancelAsync();
            await _stream.DisposeAsync();
        }
        catch (Exception exception) when (exception is NpgsqlException or ObjectDisposedException or OperationCanceledException)
        {
            // Then the connection is gone, and the rows with it. What made the caller leave says more.
        }
    }

    private void Write16(short value)
    {
        BinaryPrimitives.WriteInt16BigEndian(_buffer.AsSpan(_length), value);
        _length += sizeof(short);
    }

    private void Write32(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(_buffer.AsSpan(_length), value);
        _length += sizeof(int);
    }

    private void Write64(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(_buffer.AsSpan(_length), value);
        _length += sizeof(long);
    }
}
