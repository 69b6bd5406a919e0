using System.Text;

namespace Pamps.ApiService.Features.Billing;

/// <summary>
/// Rows of a file that are stored in one transaction, and the place in the file after them. Its buffers are used again
/// for the next rows and files: what a million rows leave behind would otherwise keep the collector from everybody else's requests.
/// </summary>
internal sealed class DebtChunk
{
    /// <summary>A file of nothing but long, wrong rows must not be held in memory.</summary>
    private const int MaxKeptCharacters = 8 * 1024 * 1024;

    /// <summary>A chunk of nothing but long texts ends early: its buffers are kept. An ordinary row has about 90 bytes of text.</summary>
    private const int MaxTextLength = 8 * 1024 * 1024;

    /// <summary>
    /// Requests are answered by the threads that read and store files. After so many rows, which take less than a
    /// millisecond, that work goes to the end of their queue; otherwise a request would wait for a whole chunk.
    /// </summary>
    public const int RowsAtOnce = 250;

    private readonly Comparison<int> _byDebtId;
    private byte[] _text = new byte[64 * 1024];
    private int _textLength;
    private int[] _order = [];
    private DebtPlace[] _places = [];
    private int _keptCharacters;

    public DebtChunk() => _byDebtId = (x, y) =>
        DebtId(x).SequenceCompareTo(DebtId(y)) is var compared && compared != 0 ? compared : x.CompareTo(y);

    /// <summary>The debts in the order of the file, those included that come twice.</summary>
    public List<ChunkedDebt> Debts { get; } = [];

    /// <summary>Which of <see cref="Debts"/> come for the first time in this chunk, by their ids: the order of the unique index.</summary>
    public ReadOnlyMemory<int> Distinct { get; private set; }

    public List<(string[] Cells, RowProblem[] Problems)> Rejections { get; } = [];

    /// <summary>What each of <see cref="Debts"/> gets when it is stored; for whoever stores them to fill in.</summary>
    public Span<DebtPlace> Places => _places.AsSpan(0, Debts.Count);

    public long Position { get; private set; }

    public long NextLine { get; private set; }

    public int Rows => Debts.Count + Rejections.Count;

    public ReadOnlySpan<byte> DebtId(int i) => _text.AsSpan(Debts[i].Start, Debts[i].DebtId);

    public ReadOnlySpan<byte> Name(int i) => _text.AsSpan(Debts[i].Start + Debts[i].DebtId, Debts[i].Name);

    public ReadOnlySpan<byte> TaxId(int i) => _text.AsSpan(Debts[i].Start + Debts[i].DebtId + Debts[i].Name, Debts[i].TaxId);

    public ReadOnlySpan<byte> Email(int i) => _text.AsSpan(Debts[i].Start + Debts[i].DebtId + Debts[i].Name + Debts[i].TaxId, Debts[i].Email);

    /// <summary>Reads the next rows of the file. False when there is none.</summary>
    public async Task<bool> FillAsync(BoletoCsv csv, int maxRows, CancellationToken cancellationToken)
    {
        Debts.Clear();
        Rejections.Clear();
        (_textLength, _keptCharacters) = (0, 0);
        while (Rows < maxRows && _textLength < MaxTextLength && _keptCharacters < MaxKeptCharacters && await csv.ReadAsync(cancellationToken))
        {
            if (Rows % RowsAtOnce == RowsAtOnce - 1)
            {
                await Task.Yield();
            }

            if (csv.Problems.Count == 0)
            {
                Add(csv);
                continue;
            }

            var cells = csv.KeptCells();
            Rejections.Add((cells, [.. csv.Problems]));
            _keptCharacters += 300 + cells.Sum(cell => cell.Length) + csv.Problems.Sum(problem => problem.Value.Length + problem.Reason.Text.Length);
        }

        Position = csv.Position;
        NextLine = csv.NextLine;
        Sort();
        if (_places.Length < Debts.Count)
        {
            _places = new DebtPlace[Debts.Capacity];
        }

        return Rows > 0;
    }

    private void Add(BoletoCsv csv)
    {
        var start = _textLength;
        Debts.Add(new ChunkedDebt(
            csv.Line, start, Append(csv.DebtId), Append(csv.Name), Append(csv.TaxId), Append(csv.Email), Billing.TaxId.IsValid(csv.TaxId), csv.Amount, csv.DueOn));
    }

    private ushort Append(ReadOnlySpan<char> text)
    {
        if (_text.Length - _textLength < Encoding.UTF8.GetMaxByteCount(text.Length))
        {
            Array.Resize(ref _text, _text.Length * 2);
        }

        var length = Encoding.UTF8.GetBytes(text, _text.AsSpan(_textLength));
        _textLength += length;
        return (ushort)length;
    }

    private void Sort()
    {
        if (_order.Length < Debts.Count)
        {
            _order = new int[Debts.Capacity];
        }

        var order = _order.AsSpan(0, Debts.Count);
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        order.Sort(_byDebtId);
        var distinct = 0;
        foreach (var i in order)
        {
            if (distinct == 0 || !DebtId(i).SequenceEqual(DebtId(order[distinct - 1])))
            {
                order[distinct++] = i;
            }
        }

        Distinct = _order.AsMemory(0, distinct);
    }
}

/// <summary>What a debt gets when it is stored.</summary>
internal struct DebtPlace
{
    /// <summary>0 for a debt that is known.</summary>
    public long Id;

    /// <summary>Its number, if it can have one now.</summary>
    public long? Sequence;

    /// <summary>Why it never can.</summary>
    public BoletoReason? Obstacle;
}

/// <summary>A debt of a chunk; its texts lie one after the other in the chunk's buffer.</summary>
/// <param name="Line">The number of its line, the header being line 1.</param>
/// <param name="Start">Where its texts start.</param>
/// <param name="DebtId">Length of the key, in bytes of UTF-8 like the others.</param>
/// <param name="Name">Length of the debtor's name.</param>
/// <param name="TaxId">Length of the CPF or CNPJ.</param>
/// <param name="Email">Length of the address.</param>
/// <param name="IsTaxIdValid">Whether the digits of the CPF or CNPJ are right.</param>
/// <param name="Amount">In Reais.</param>
/// <param name="DueOn">The due date.</param>
internal readonly record struct ChunkedDebt(long Line, int Start, ushort DebtId, ushort Name, ushort TaxId, ushort Email, bool IsTaxIdValid, decimal Amount, DateOnly DueOn);
