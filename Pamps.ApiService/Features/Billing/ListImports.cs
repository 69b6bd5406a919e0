using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Billing;

internal static class ListImports
{
    private const string List = "boleto-imports";

    /// <summary>Lists imports, newest first.</summary>
    /// <param name="page">Size and place.</param>
    /// <param name="context">The request.</param>
    /// <param name="db">The database.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public static async Task<Results<Ok<Page<BoletoImportResponse>>, ProblemHttpResult>> HandleAsync(
        [AsParameters] PageQuery page, HttpContext context, PampsDbContext db, CancellationToken cancellationToken)
    {
        if (!page.TryResolve(List, out var window))
        {
            return Problems.InvalidCursor();
        }

        var rows = await window.Apply(db.BoletoImports.AsNoTracking(), import => import.Id).ToListAsync(cancellationToken);
        var result = window.ToPage(rows, import => import.Id, import => BoletoProjection.Of(import));
        PageLinks.Write(context, result.NextCursor, result.PrevCursor);
        return TypedResults.Ok(result);
    }
}
