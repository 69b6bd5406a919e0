using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Billing;

internal static class GetBoletoHtml
{
    /// <summary>Shows a boleto as an HTML page: the same sheet as a picture, with its texts to copy.</summary>
    /// <param name="boletoId">The boleto.</param>
    /// <param name="db">The database.</param>
    /// <param name="issuers">Its bank.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public static async Task<Results<ContentHttpResult, ProblemHttpResult>> HandleAsync(
        string boletoId, PampsDbContext db, Issuers issuers, CancellationToken cancellationToken)
    {
        if (await GetBoleto.FindAsync(boletoId, db, issuers, cancellationToken) is not var (boleto, issuer))
        {
            return Problems.NotFound();
        }

        if (issuer is null)
        {
            return Problems.Conflict(ProblemCodes.Conflict, $"The debt has no boleto: it is in the state {boleto.State}.");
        }

        return TypedResults.Content(BoletoHtml.Write(issuer.Document(boleto)), "text/html", Encoding.UTF8);
    }
}
