using System.Text;

namespace Pamps.ApiService.Features.Billing;

/// <summary>
/// Reads a file of debts. A header, then a row a debt:
/// <code>
/// name,governmentId,email,debtAmount,debtDueDate,debtId
/// John Doe,11111111111,johndoe@example.com,1000000.00,2022-10-12,1adb6ccf-ff16-467f-bea7-5f05d494280f
/// </code>
/// Columns stand in any order, others are ignored; commas or semicolons; a decimal point or comma; blanks around values;
/// a byte-order mark; empty lines. A row gives either a debt or the list of what is wrong with it. Reading can stop after
/// any row and go on later from <see cref="Position"/> and <see cref="NextLine"/>.
/// </summary>
internal sealed class BoletoCsv : IDisposable
{
    private const int MaxDebtIdLength = 64;
    private const int MaxNameLength = 200;
    private const int MaxTaxIdLength = 20;
    private const int MaxEmailLength = 320;
    private const int MaxShownLength = 200;

    /// <summary>Of a bad row only this much of a cell is kept for correction.</summary>
    private const int MaxKeptLength = 1000;

    /// <summary>The columns, in the order in which missing ones are named.</summary>
    public static readonly IReadOnlyList<string> Columns = ["debtId", "name", "governmentId", "email", "debtAmount", "debtDueDate"];

    private readonly CsvRecords _records;
    private readonly BoletoCsvLayout _layout;
    private readonly CsvEncoding _encoding;
    private readonly List<RowProblem> _problems = [];

    // The texts of the current row. Reading allocates nothing, so that a million rows leave nothing to collect.
    private char[] _text = new char[1024];
    private int _textLength;
    private (Range DebtId, Range Name, Range TaxId, Range Email) _ranges;

    private BoletoCsv(CsvRecords records, BoletoCsvLayout layout, CsvEncoding encoding)
    {
        _records = records;
        _layout = layout;
        _encoding = encoding;
    }

    /// <summary>Where the columns are; with it a later part of the file can be read without its header.</summary>
    public BoletoCsvLayout Layout => _layout;

    /// <summary>Where the next row starts, in bytes from the start of the file.</summary>
    public long Position => _records.Position;

    /// <summary>The number of the line on which the next row starts.</summary>
    public long NextLine => _records.NextLine;

    /// <summary>The debt of the current row; meaningless while there are problems, as are its parts below.</summary>
    public DebtRow Debt => new(_records.Line, DebtId.ToString(), Name.ToString(), TaxId.ToString(), Email.ToString(), Amount, DueOn);

    public long Line => _records.Line;

    public ReadOnlySpan<char> DebtId => _text.AsSpan(_ranges.DebtId);

    public ReadOnlySpan<char> Name => _text.AsSpan(_ranges.Name);

    public ReadOnlySpan<char> TaxId => _text.AsSpan(_ranges.TaxId);

    public ReadOnlySpan<char> Email => _text.AsSpan(_ranges.Email);

    public decimal Amount { get; private set; }

    public DateOnly DueOn { get; private set; }

    /// <summary>What is wrong with the current row; empty when it is good.</summary>
    public IReadOnlyList<RowProblem> Problems => _problems;

    /// <summary>Opens a file at its start and reads the header.</summary>
    /// <exception cref="BoletoCsvException">The header is not there or lacks columns.</exception>
    public static async Task<BoletoCsv> OpenAsync(Stream stream, CsvEncoding encoding, CancellationToken cancellationToken)
    {
        var records = new CsvRecords(stream);
        try
        {
            return new BoletoCsv(records, await BoletoCsvLayout.ReadAsync(records, cancellationToken), encoding);
        }
        catch
        {
            records.Dispose();
            throw;
        }
    }

    /// <summary>Goes on with a file whose header has been read: the stream starts at <paramref name="position"/>.</summary>
    public static BoletoCsv Continue(Stream stream, CsvEncoding encoding, BoletoCsvLayout layout, long position, long line) =>
        new(new CsvRecords(stream, position, line) { Separator = layout.Separator }, layout, encoding);

    /// <summary>Goes to the next row. False at the end of the file.</summary>
    public ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = _records.ReadAsync(cancellationToken);
            if (!read.IsCompletedSuccessfully)
            {
                return AwaitAsync(read, cancellationToken);
            }

            if (!read.Result)
            {
                return new ValueTask<bool>(false);
            }

            if (!IsBlank())
            {
                Interpret();
                return new ValueTask<bool>(true);
            }
        }
    }

    /// <summary>The six cells of the current row as text, in the order of <see cref="Columns"/>, for a person to correct.</summary>
    public string[] KeptCells()
    {
        var cells = new string[Columns.Count];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = Shown(Cell(i), MaxKeptLength);
        }

        return cells;
    }

    public void Dispose() => _records.Dispose();

    private async ValueTask<bool> AwaitAsync(ValueTask<bool> read, CancellationToken cancellationToken)
    {
        if (!await read)
        {
            return false;
        }

        if (IsBlank())
        {
            return await ReadAsync(cancellationToken);
        }

        Interpret();
        return true;
    }

    private bool IsBlank() =>
        _records.Malformed is null && _records.Cells is [var only] && !_records.Bytes(only).ContainsAnyExcept((byte)' ', (byte)'\t');

    private void Interpret()
    {
        _problems.Clear();
        if (_records.Malformed is { } malformed)
        {
            _problems.Add(new RowProblem(_records.Line, "", Shown(_records.Record, MaxShownLength), malformed));
            return;
        }

        for (var i = _layout.ColumnCount; i < _records.Cells.Count; i++)
        {
            if (!_records.Bytes(_records.Cells[i]).IsEmpty)
            {
                // More cells than columns usually means a separator inside a value: the cells after it would be read as others.
                _problems.Add(new RowProblem(_records.Line, "", Shown(_records.Record, MaxShownLength), RowReason.TooManyCells(_records.Cells.Count, _layout.ColumnCount)));
                return;
            }
        }

        _textLength = 0;
        _ranges = (Text(0, MaxDebtIdLength, required: true), Text(1, MaxNameLength, required: true), Text(2, MaxTaxIdLength, required: false), Text(3, MaxEmailLength, required: false));
        CheckTaxId();
        Amount = AmountOf(4);
        DueOn = DateOf(5);
    }

    private ReadOnlySpan<byte> Cell(int column)
    {
        var index = _layout.Indexes[column];
        if (index >= _records.Cells.Count)
        {
            return default;
        }

        var cell = _records.Cells[index];
        ReadOnlySpan<byte> bytes = _records.Bytes(cell);
        if (cell.HasDoubledQuotes)
        {
            bytes = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(bytes).Replace("\"\"", "\"", StringComparison.Ordinal));
        }

        bytes = bytes.Trim(" \t"u8);

        // The correction file puts an apostrophe before what a spreadsheet would take for a formula; here it comes off again.
        return bytes.Length > 1 && bytes[0] == (byte)'\'' && SpreadsheetText.StartsFormula((char)bytes[1]) ? bytes[1..] : bytes;
    }

    private Range Text(int column, int maxLength, bool required)
    {
        var bytes = Cell(column);
        if (bytes.IsEmpty)
        {
            if (required)
            {
                Report(column, bytes, RowReason.Missing);
            }

            return default;
        }

        if (_text.Length - _textLength < bytes.Length)
        {
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _textLength + bytes.Length));
        }

        if (!CsvText.TryDecode(bytes, _encoding, _text.AsSpan(_textLength), out var length))
        {
            Report(column, bytes, RowReason.NotUtf8);
            return default;
        }

        var decoded = _text.AsSpan(_textLength, length);
        var start = _textLength + length - decoded.TrimStart().Length;
        var text = decoded.Trim();
        _textLength += length;
        if (text.IsEmpty && required)
        {
            Report(column, bytes, RowReason.Missing);
        }
        else if (text.Length > maxLength)
        {
            Report(column, bytes, RowReason.TooLong(maxLength));
        }
        else if (HasControlCharacter(text))
        {
            Report(column, bytes, RowReason.ControlCharacter);
        }

        return text.IsEmpty ? default : start..(start + text.Length);
    }

    /// <summary>Ids are not checked here, only their characters: real files carry ids that are no CPF.</summary>
    private void CheckTaxId()
    {
        foreach (var c in TaxId)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-' or '/' or ' '))
            {
                Report(2, Cell(2), RowReason.NotAGovernmentId);
                break;
            }
        }
    }

    private decimal AmountOf(int column)
    {
        var bytes = Cell(column);
        var reason = DebtAmount.TryParse(bytes, out var amount);
        if (reason is not null)
        {
            Report(column, bytes, reason);
        }

        return amount;
    }

    private DateOnly DateOf(int column)
    {
        var bytes = Cell(column);
        if (bytes.IsEmpty)
        {
            Report(column, bytes, RowReason.Missing);
        }
        else if (bytes.Length == 10 && bytes[4] == (byte)'-' && bytes[7] == (byte)'-'
            && TryReadDigits(bytes[..4], out var year) && TryReadDigits(bytes[5..7], out var month) && TryReadDigits(bytes[8..], out var day)
            && year >= 1 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month))
        {
            return new DateOnly(year, month, day);
        }
        else
        {
            Report(column, bytes, RowReason.NotADate);
        }

        return default;
    }

    private static bool TryReadDigits(ReadOnlySpan<byte> bytes, out int value)
    {
        value = 0;
        foreach (var b in bytes)
        {
            if (b is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            value = (value * 10) + b - '0';
        }

        return true;
    }

    private static bool HasControlCharacter(ReadOnlySpan<char> text) =>
        text.ContainsAnyInRange('\0', '\x1F') || text.ContainsAnyInRange('\x7F', '\x9F') || text.ContainsAny('\u2028', '\u2029');

    private void Report(int column, ReadOnlySpan<byte> bytes, RowReason reason)
    {
        // One problem a field is enough to correct it.
        if (_problems.Count == 0 || _problems[^1].Field != Columns[column])
        {
            _problems.Add(new RowProblem(_records.Line, Columns[column], Shown(bytes, MaxShownLength), reason));
        }
    }

    /// <summary>Text to show and to store, whatever the bytes are: cut, and NUL as a visible sign since no database text holds it.</summary>
    private string Shown(ReadOnlySpan<byte> bytes, int maxLength)
    {
        CsvText.TryDecode(bytes[..Math.Min(bytes.Length, maxLength)], _encoding, out var text);
        return text.Replace('\0', '\u2400');
    }
}
