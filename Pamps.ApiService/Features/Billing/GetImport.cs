using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Billing;

internal static class GetImport
{
    /// <summary>Shows how far an import is.</summary>
    /// <param name="importId">The import.</param>
    /// <param name="db">The database.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public static async Task<Results<Ok<BoletoImportResponse>, ProblemHttpResult>> HandleAsync(string importId, PampsDbContext db, CancellationToken cancellationToken)
    {
        if (!WireId.TryParse(importId, out var id) || await db.BoletoImports.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } import)
        {
            return Problems.NotFound();
        }

        var failed = await db.Boletos.LongCountAsync(boleto => boleto.ImportId == id && boleto.State == BoletoStates.Error, cancellationToken);
        return TypedResults.Ok(BoletoProjection.Of(import, failed));
    }
}
