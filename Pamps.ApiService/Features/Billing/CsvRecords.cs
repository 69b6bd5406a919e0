using System.Buffers;

namespace Pamps.ApiService.Features.Billing;

/// <summary>
/// Splits a stream of bytes into the records of a CSV file (RFC 4180) without ever holding more than one bounded record:
/// <code>
/// a,b,c⏎            lines end in LF, CRLF or CR; the last may have no end
/// "a ""x"", b",c⏎   quotes hold separators and line breaks, doubled quotes are one; they count at the start of a cell only
/// "a" b,c⏎          text after a closing quote: malformed, but the cells are still there
/// "a,b⏎c,d⏎ …       a quote that is never closed: malformed, the record is its first line, reading goes on with the second
/// (100 MB)⏎         longer than the limit: malformed, the rest of the line is passed over
/// </code>
/// UTF-8 and Windows-1252 alike: all bytes that matter here are ASCII.
/// </summary>
internal sealed class CsvRecords(Stream stream, long position = 0, long line = 1) : IDisposable
{
    /// <summary>The longest record, in bytes: an ordinary row has about a hundred.</summary>
    public const int MaxLength = 64 * 1024;

    private const int BufferLength = 4 * MaxLength;

    /// <summary>Less is not worth a scan: a sender of single bytes would otherwise make every record be scanned once a byte.</summary>
    private const int ReadAtLeast = 16 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferLength);

    // _buffer[_start.._end] is what was read and not yet consumed; the current record is _buffer[_record.._start].
    private int _start;
    private int _end;
    private int _record;
    private bool _ended;

    /// <summary>Where the next record starts, in bytes from the start of the file.</summary>
    public long Position { get; private set; } = position;

    /// <summary>The number of the line on which the next record starts, from 1.</summary>
    public long NextLine { get; private set; } = line;

    /// <summary>The number of the line on which the current record starts.</summary>
    public long Line { get; private set; }

    /// <summary>What is wrong with the current record as a record; null when it is well formed.</summary>
    public RowReason? Malformed { get; private set; }

    /// <summary>The cells of the current record, in order.</summary>
    public List<CsvCell> Cells { get; } = new(16);

    public byte Separator { get; set; } = (byte)',';

    /// <summary>Whether the rest of a record that is too long is read too. Not for a header: without one the rest is worth nothing.</summary>
    public bool PassesOverLongRecords { get; set; } = true;

    /// <summary>The bytes of a cell of the current record, without quotes around it; doubled quotes are still doubled.</summary>
    public ReadOnlySpan<byte> Bytes(CsvCell cell) => _buffer.AsSpan(_record + cell.Start, cell.Length);

    /// <summary>The bytes of the current record, without its line end where it is bounded by one.</summary>
    public ReadOnlySpan<byte> Record => _buffer.AsSpan(_record, Math.Min(_start - _record, MaxLength)).TrimEnd("\r\n"u8);

    /// <summary>Goes to the next record. False at the end of the file.</summary>
    public ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        // The usual case, a whole record in the buffer, allocates nothing and never suspends.
        return TryTake() ? new ValueTask<bool>(true) : ReadSlowlyAsync(cancellationToken);
    }

    /// <summary>Splits the current record again, after another <see cref="Separator"/> was chosen.</summary>
    public void SplitAgain()
    {
        var (start, nextLine, position) = (_start, NextLine, Position);
        _start = _record;
        NextLine = Line;
        Position -= start - _record;
        if (!TryTake())
        {
            (_start, NextLine, Position) = (start, nextLine, position);
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private async ValueTask<bool> ReadSlowlyAsync(CancellationToken cancellationToken)
    {
        do
        {
            if (_end - _start > MaxLength)
            {
                await PassOverLongRecordAsync(cancellationToken);
                return true;
            }

            if (_ended)
            {
                return false;
            }

            await FillAsync(cancellationToken);
        }
        while (!TryTake());

        return true;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        _record = 0;
        var read = await stream.ReadAtLeastAsync(_buffer.AsMemory(_end), ReadAtLeast, throwOnEndOfStream: false, cancellationToken);
        _ended = read < ReadAtLeast;
        _end += read;
    }

    private async ValueTask PassOverLongRecordAsync(CancellationToken cancellationToken)
    {
        Line = NextLine;
        Cells.Clear();
        var lineEnd = FirstLineEnd(_buffer.AsSpan(_start, MaxLength));
        if (lineEnd >= 0)
        {
            // The record is long because a quote runs over many lines: only its first line is lost.
            Malformed = RowReason.UnclosedQuote;
            Consume(lineEnd, lines: 1);
            return;
        }

        Malformed = RowReason.LineTooLong;
        if (!PassesOverLongRecords)
        {
            Consume(_end - _start, lines: 1);
            return;
        }

        while (true)
        {
            lineEnd = FirstLineEnd(_buffer.AsSpan(_start, _end - _start));
            if (lineEnd >= 0 || _ended)
            {
                Consume(lineEnd >= 0 ? lineEnd : _end - _start, lines: 1);
                return;
            }

            // A carriage return at the very end may belong to a line feed that is not read yet: keep it.
            var keep = _buffer[_end - 1] == (byte)'\r' ? 1 : 0;
            Position += _end - _start - keep;
            _start = _end - keep;
            await FillAsync(cancellationToken);
        }
    }

    /// <summary>The length of the first line with its end, or -1 when no whole line end is there.</summary>
    private int FirstLineEnd(ReadOnlySpan<byte> bytes)
    {
        var i = bytes.IndexOfAny((byte)'\n', (byte)'\r');
        if (i < 0)
        {
            return -1;
        }

        if (bytes[i] == (byte)'\n')
        {
            return i + 1;
        }

        if (i + 1 < bytes.Length)
        {
            return bytes[i + 1] == (byte)'\n' ? i + 2 : i + 1;
        }

        return _ended ? i + 1 : -1;
    }

    private void Consume(int length, int lines)
    {
        _record = _start;
        _start += length;
        Position += length;
        NextLine += lines;
    }

    /// <summary>Takes the next record if all of it is in the buffer.</summary>
    private bool TryTake()
    {
        var bytes = _buffer.AsSpan(_start, _end - _start);
        if (bytes.IsEmpty)
        {
            return false;
        }

        Cells.Clear();
        RowReason? malformed = null;
        var lines = 1;
        var i = 0;
        while (true)
        {
            if (i < bytes.Length && bytes[i] == (byte)'"')
            {
                if (!TryTakeQuoted(bytes, ref i, ref lines, ref malformed))
                {
                    return TryTakeUnclosed(bytes);
                }
            }
            else
            {
                var length = bytes[i..].IndexOfAny(Separator, (byte)'\n', (byte)'\r');
                if (length < 0 && !_ended)
                {
                    return false;
                }

                length = length < 0 ? bytes.Length - i : length;
                Cells.Add(new CsvCell(i, length, false));
                i += length;
            }

            if (i > MaxLength)
            {
                return false;
            }

            if (i == bytes.Length)
            {
                break;
            }

            if (bytes[i] == Separator)
            {
                i++;
                if (i == bytes.Length && !_ended)
                {
                    return false;
                }

                continue;
            }

            var end = FirstLineEnd(bytes[i..]);
            if (end < 0)
            {
                return false;
            }

            i += end;
            break;
        }

        Malformed = malformed;
        Line = NextLine;
        Consume(i, lines);
        return true;
    }

    /// <summary>At the end of the file, a record whose quote is never closed ends with its first line.</summary>
    private bool TryTakeUnclosed(ReadOnlySpan<byte> bytes)
    {
        if (!_ended || bytes.Length > MaxLength)
        {
            return false;
        }

        var end = FirstLineEnd(bytes);
        Cells.Clear();
        Malformed = RowReason.UnclosedQuote;
        Line = NextLine;
        Consume(end < 0 ? bytes.Length : end, lines: 1);
        return true;
    }

    private bool TryTakeQuoted(ReadOnlySpan<byte> bytes, ref int i, ref int lines, ref RowReason? malformed)
    {
        var start = i + 1;
        var close = start;
        var doubled = false;
        while (true)
        {
            var quote = bytes[close..].IndexOf((byte)'"');
            if (quote < 0 || close + quote > MaxLength)
            {
                return false;
            }

            close += quote;
            if (close + 1 == bytes.Length)
            {
                if (!_ended)
                {
                    return false;
                }

                break;
            }

            if (bytes[close + 1] != (byte)'"')
            {
                break;
            }

            doubled = true;
            close += 2;
        }

        lines += CountLineEnds(bytes[start..close]);
        Cells.Add(new CsvCell(start, close - start, doubled));
        var rest = bytes[(close + 1)..].IndexOfAny(Separator, (byte)'\n', (byte)'\r');
        if (rest < 0 && !_ended)
        {
            return false;
        }

        rest = rest < 0 ? bytes.Length - close - 1 : rest;
        if (bytes.Slice(close + 1, rest).ContainsAnyExcept((byte)' ', (byte)'\t'))
        {
            malformed = RowReason.TextAfterQuote;
        }

        i = close + 1 + rest;
        return true;
    }

    private static int CountLineEnds(ReadOnlySpan<byte> bytes)
    {
        var count = bytes.Count((byte)'\n');
        for (var i = bytes.IndexOf((byte)'\r'); i >= 0 && i < bytes.Length; i++)
        {
            if (bytes[i] == (byte)'\r' && (i + 1 == bytes.Length || bytes[i + 1] != (byte)'\n'))
            {
                count++;
            }
        }

        return count;
    }
}
