using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Billing;

internal static class ListRowErrors
{
    private const string List = "boleto-row-errors";

    /// <summary>Lists what is wrong with rows of an import, the last lines first; a row with several errors counts as one item of the page's size.</summary>
    /// <param name="importId">The import.</param>
    /// <param name="page">Size and place; ids are line numbers.</param>
    /// <param name="context">The request.</param>
    /// <param name="db">The database.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public static async Task<Results<Ok<Page<RowErrorResponse>>, ProblemHttpResult>> HandleAsync(
        string importId, [AsParameters] PageQuery page, HttpContext context, PampsDbContext db, CancellationToken cancellationToken)
    {
        if (!WireId.TryParse(importId, out var id) || !await db.BoletoImports.AnyAsync(import => import.Id == id, cancellationToken))
        {
            return Problems.NotFound();
        }

        if (!page.TryResolve(List, out var window))
        {
            return Problems.InvalidCursor();
        }

        var rows = await window.Apply(db.BoletoRejections.AsNoTracking().Where(row => row.ImportId == id), row => row.Line).ToListAsync(cancellationToken);
        var lines = window.ToPage(rows, row => row.Line, row => row);
        PageLinks.Write(context, lines.NextCursor, lines.PrevCursor);
        return TypedResults.Ok(new Page<RowErrorResponse>([.. lines.Items.SelectMany(Errors)], lines.NextCursor, lines.PrevCursor));
    }

    private static IEnumerable<RowErrorResponse> Errors(BoletoRejection row) =>
        row.Fields.Select((field, i) => new RowErrorResponse(row.Line, field, row.Values[i], row.Codes[i], row.Reasons[i]));
}
