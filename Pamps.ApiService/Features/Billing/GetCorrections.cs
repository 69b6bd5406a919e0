using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Billing;

internal static class GetCorrections
{
    /// <summary>The rejected rows of an import as a CSV file, with two more columns that say line and reasons: correct the values and send it again.</summary>
    /// <param name="importId">The import.</param>
    /// <param name="db">The database.</param>
    /// <param name="cancellationToken">Cancels the download.</param>
    public static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> HandleAsync(string importId, PampsDbContext db, CancellationToken cancellationToken)
    {
        if (!WireId.TryParse(importId, out var id) || !await db.BoletoImports.AnyAsync(import => import.Id == id, cancellationToken))
        {
            return Problems.NotFound();
        }

        return TypedResults.Stream(body => WriteAsync(body, db, id, cancellationToken), "text/csv; charset=utf-8", $"corrections-{importId}.csv");
    }

    private static async Task WriteAsync(Stream body, PampsDbContext db, long importId, CancellationToken cancellationToken)
    {
        // With a byte-order mark, by which spreadsheets know UTF-8.
        await using var writer = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 16 * 1024, leaveOpen: true);
        await writer.WriteAsync(string.Join(',', [.. BoletoCsv.Columns, "line", "problem"]) + "\r\n");
        var rows = db.BoletoRejections.AsNoTracking().Where(row => row.ImportId == importId).OrderBy(row => row.Line).AsAsyncEnumerable();
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            var problem = string.Join("; ", row.Fields.Select((field, i) => field.Length == 0 ? row.Reasons[i] : $"{field} {row.Reasons[i]}"));
            var cells = row.Cells.Append(row.Line.ToString(CultureInfo.InvariantCulture)).Append(problem).Select(SpreadsheetText.Cell);
            await writer.WriteAsync(string.Join(',', cells) + "\r\n");
        }
    }
}
