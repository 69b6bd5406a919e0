using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pamps.ApiService.Cli;

/// <summary>What a command has to say: rows with the same columns, or one sentence.</summary>
internal sealed class AdminResult
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly IReadOnlyList<string> _columns;
    private readonly IReadOnlyList<object?[]> _rows;
    private readonly string? _message;

    private AdminResult(bool succeeded, IReadOnlyList<string> columns, IReadOnlyList<object?[]> rows, string? message)
    {
        Succeeded = succeeded;
        _columns = columns;
        _rows = rows;
        _message = message;
    }

    /// <summary>Whether the exit code is 0.</summary>
    public bool Succeeded { get; }

    /// <summary>A table.</summary>
    /// <param name="columns">Names of the columns.</param>
    /// <param name="rows">Their values.</param>
    public static AdminResult Table(IReadOnlyList<string> columns, IEnumerable<object?[]> rows) => new(succeeded: true, columns, [.. rows], message: null);

    /// <summary>Something was done, or would be.</summary>
    /// <param name="message">What.</param>
    /// <param name="values">The same in pairs, for programs.</param>
    public static AdminResult Done(string message, params (string Name, object? Value)[] values) =>
        new(succeeded: true, [.. values.Select(value => value.Name)], [[.. values.Select(value => value.Value)]], message);

    /// <summary>It could not be done.</summary>
    /// <param name="message">Why.</param>
    public static AdminResult Refused(string message) => new(succeeded: false, ["error"], [[message]], message);

    /// <summary>Writes it.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="json">As JSON.</param>
    /// <param name="dryRun">Whether nothing was done.</param>
    public void Write(TextWriter output, bool json, bool dryRun)
    {
        if (json)
        {
            var items = _rows.Select(row => _columns.Zip(row).ToDictionary(pair => pair.First, pair => pair.Second)).ToList();
            object document = _message is null ? items : new Dictionary<string, object?>(items[0]) { ["succeeded"] = Succeeded, ["dryRun"] = dryRun };
            output.WriteLine(JsonSerializer.Serialize(document, Json));
        }
        else if (_message is not null)
        {
            output.WriteLine(dryRun && Succeeded ? $"Dry run, nothing was done: {_message}" : _message);
        }
        else
        {
            WriteTable(output);
        }
    }

    private void WriteTable(TextWriter output)
    {
        var cells = _rows.Select(row => row.Select(Text).ToArray()).Prepend([.. _columns.Select(column => column.ToUpperInvariant())]).ToList();
        var widths = Enumerable.Range(0, _columns.Count).Select(column => cells.Max(row => row[column].Length)).ToArray();
        foreach (var row in cells)
        {
            output.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }

        output.WriteLine(_rows.Count == 1 ? "1 row" : $"{_rows.Count} rows");
    }

    private static string Text(object? value) => value switch
    {
        null => "-",
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        bool flag => flag ? "yes" : "no",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "-",
    };
}
