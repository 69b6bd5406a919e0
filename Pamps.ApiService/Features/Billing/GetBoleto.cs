using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Billing;

internal static class GetBoleto
{
    /// <summary>Shows a debt and its boleto.</summary>
    /// <param name="boletoId">The boleto.</param>
    /// <param name="db">The database.</param>
    /// <param name="issuers">Its bank.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public static async Task<Results<Ok<BoletoResponse>, ProblemHttpResult>> HandleAsync(
        string boletoId, PampsDbContext db, Issuers issuers, CancellationToken cancellationToken) =>
        await FindAsync(boletoId, db, issuers, cancellationToken) is var (boleto, issuer)
            ? TypedResults.Ok(BoletoProjection.Of(boleto, issuer))
            : Problems.NotFound();

    /// <summary>The row and its issuer; null when there is no such boleto.</summary>
    public static async Task<(Boleto Boleto, Issuer? Issuer)?> FindAsync(string boletoId, PampsDbContext db, Issuers issuers, CancellationToken cancellationToken)
    {
        if (!WireId.TryParse(boletoId, out var id)
            || await db.Boletos.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } boleto)
        {
            return null;
        }

        return (boleto, boleto.IssuerId is { } issuerId ? await issuers.FindAsync(db, issuerId, cancellationToken) : null);
    }
}
