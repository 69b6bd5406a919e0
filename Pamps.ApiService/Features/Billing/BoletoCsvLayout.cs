using System.Text;

namespace Pamps.ApiService.Features.Billing;

/// <summary>What the header of a file says.</summary>
/// <param name="Separator">A comma or a semicolon.</param>
/// <param name="Indexes">For each of <see cref="BoletoCsv.Columns"/>, the index of its cell.</param>
/// <param name="ColumnCount">How many columns the header names, ignored ones included.</param>
internal sealed record BoletoCsvLayout(byte Separator, int[] Indexes, int ColumnCount)
{
    private static readonly byte[] Separators = ",;"u8.ToArray();

    /// <summary>Reads the header: the first line that is not empty.</summary>
    /// <exception cref="BoletoCsvException">It is not there, or lacks columns.</exception>
    public static async Task<BoletoCsvLayout> ReadAsync(CsvRecords records, CancellationToken cancellationToken)
    {
        records.PassesOverLongRecords = false;
        do
        {
            if (!await records.ReadAsync(cancellationToken))
            {
                throw Missing("The file is empty.", BoletoCsv.Columns);
            }
        }
        while (records.Malformed is null && records.Record.IndexOfAnyExcept(" \t\uFEFF"u8) < 0);

        if (records.Record.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || records.Record.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            throw Missing("The file is UTF-16. Save it as CSV in UTF-8.", BoletoCsv.Columns);
        }

        if (records.Malformed is { } malformed)
        {
            throw Missing($"The header cannot be read: {malformed.Text}.", BoletoCsv.Columns);
        }

        // The separator is the one that finds more of the columns.
        var names = Names(records);
        records.Separator = Separators[1];
        records.SplitAgain();
        if (Found(Names(records)) <= Found(names))
        {
            records.Separator = Separators[0];
            records.SplitAgain();
        }

        names = Names(records);
        var missing = BoletoCsv.Columns.Where(column => !names.Contains(column, StringComparer.OrdinalIgnoreCase)).ToList();
        if (missing.Count > 0)
        {
            throw Missing($"Missing columns: {string.Join(", ", missing)}", missing);
        }

        var indexes = new int[BoletoCsv.Columns.Count];
        for (var i = 0; i < indexes.Length; i++)
        {
            var column = BoletoCsv.Columns[i];
            indexes[i] = names.FindIndex(name => name.Equals(column, StringComparison.OrdinalIgnoreCase));
            if (names.FindLastIndex(name => name.Equals(column, StringComparison.OrdinalIgnoreCase)) != indexes[i])
            {
                throw new BoletoCsvException($"The column {column} occurs twice.");
            }
        }

        records.PassesOverLongRecords = true;
        return new BoletoCsvLayout(records.Separator, indexes, names.Count);
    }

    private static BoletoCsvException Missing(string message, IReadOnlyList<string> columns) => new(message, columns);

    private static int Found(List<string> names) => BoletoCsv.Columns.Count(column => names.Contains(column, StringComparer.OrdinalIgnoreCase));

    private static List<string> Names(CsvRecords records)
    {
        var names = new List<string>(records.Cells.Count);
        foreach (var cell in records.Cells)
        {
            names.Add(Encoding.UTF8.GetString(records.Bytes(cell)).Trim('\uFEFF', ' ', '\t', '"'));
        }

        return names;
    }
}
