namespace Pamps.ApiService.Features.Billing;

/// <summary>Rows of a file that are stored in one transaction, and the place in the file after them.</summary>
internal sealed class DebtChunk
{
    /// <summary>A file of nothing but long, wrong rows must not be held in memory.</summary>
    private const int MaxKeptCharacters = 8 * 1024 * 1024;

    private int _keptCharacters;

    public List<DebtRow> Debts { get; } = [];

    public List<(string[] Cells, RowProblem[] Problems)> Rejections { get; } = [];

    /// <summary>Whether debts of this file were known before: then others probably are too.</summary>
    public bool ExpectsKnown { get; set; }

    public long Position { get; private set; }

    public long NextLine { get; private set; }

    public int Rows => Debts.Count + Rejections.Count;

    /// <summary>Reads the next rows of the file. False when there is none.</summary>
    public async ValueTask<bool> FillAsync(BoletoCsv csv, int maxRows, CancellationToken cancellationToken)
    {
        Debts.Clear();
        Rejections.Clear();
        _keptCharacters = 0;
        while (Rows < maxRows && _keptCharacters < MaxKeptCharacters && await csv.ReadAsync(cancellationToken))
        {
            if (csv.Problems.Count == 0)
            {
                Debts.Add(csv.Debt);
                continue;
            }

            var cells = csv.KeptCells();
            Rejections.Add((cells, [.. csv.Problems]));
            _keptCharacters += 300 + cells.Sum(cell => cell.Length) + csv.Problems.Sum(problem => problem.Value.Length + problem.Reason.Length);
        }

        Position = csv.Position;
        NextLine = csv.NextLine;
        return Rows > 0;
    }
}
