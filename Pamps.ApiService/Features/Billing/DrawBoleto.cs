using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Billing;

internal static class DrawBoleto
{
    /// <summary>The boleto as a PDF page, drawn now and stored nowhere; the same bytes each time.</summary>
    /// <param name="boletoId">The boleto.</param>
    /// <param name="db">The database.</param>
    /// <param name="issuers">Its bank.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public static async Task<Results<FileContentHttpResult, ProblemHttpResult>> HandlePdfAsync(
        string boletoId, PampsDbContext db, Issuers issuers, CancellationToken cancellationToken) =>
        await FindAsync(boletoId, db, issuers, cancellationToken) switch
        {
            ({ } document, _) => TypedResults.File(BoletoPdf.Write(document), BoletoPdf.ContentType, $"boleto-{document.Number.Barcode}.pdf"),
            (_, { } problem) => problem,
            _ => Problems.NotFound(),
        };

    /// <summary>The boleto as an HTML page, the same sheet as a picture with its texts to copy.</summary>
    /// <param name="boletoId">The boleto.</param>
    /// <param name="db">The database.</param>
    /// <param name="issuers">Its bank.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public static async Task<Results<ContentHttpResult, ProblemHttpResult>> HandleHtmlAsync(
        string boletoId, PampsDbContext db, Issuers issuers, CancellationToken cancellationToken) =>
        await FindAsync(boletoId, db, issuers, cancellationToken) switch
        {
            ({ } document, _) => TypedResults.Content(BoletoHtml.Write(document), "text/html", Encoding.UTF8),
            (_, { } problem) => problem,
            _ => Problems.NotFound(),
        };

    private static async Task<(BoletoDocument?, ProblemHttpResult?)> FindAsync(string boletoId, PampsDbContext db, Issuers issuers, CancellationToken cancellationToken)
    {
        if (await GetBoleto.FindAsync(boletoId, db, issuers, cancellationToken) is not var (boleto, issuer))
        {
            return (null, Problems.NotFound());
        }

        return issuer is null
            ? (null, Problems.Conflict(ProblemCodes.Conflict, $"The debt has no boleto: it is in the state {boleto.State}."))
            : (issuer.Document(boleto), null);
    }
}
