using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Billing;

internal static partial class RecordBounce
{
    /// <summary>Takes the notice of a mail provider that a boleto's mail came back for good; the boleto is then in the state <c>error</c> and may be sent again. The same notice twice is one. Delays (4.x.x) change nothing.</summary>
    /// <param name="bounce">Which mail, and why.</param>
    /// <param name="db">The database.</param>
    /// <param name="progress">Tells whoever watches the import.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public static async Task<Results<Ok<BounceResponse>, ProblemHttpResult>> HandleAsync(
        RecordBounceRequest bounce, PampsDbContext db, ImportProgress progress, CancellationToken cancellationToken)
    {
        // The text of a bounce may quote the address; its code says enough.
        var status = bounce.Status ?? "5.0.0";
        if (!StatusCode().IsMatch(status))
        {
            return Problems.Invalid("status", "The status is one of RFC 3463, such as 5.1.1.");
        }

        if (!BoletoMail.TryReadBoletoId(bounce.MessageId!, out var id)
            || await db.Boletos.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } boleto
            || !BoletoMail.IsOfBoleto(bounce.MessageId!, boleto))
        {
            return Problems.NotFound();
        }

        if (status[0] is '4')
        {
            return TypedResults.Ok(new BounceResponse(WireId.Format(id), boleto.State));
        }

        var reason = BoletoReason.MailBounced(status);

        // A debt that is paid needs no mail, and one that waits to be mailed again has heard of this already.
        var changed = await db.Boletos
            .Where(row => row.Id == id && (row.State == BoletoStates.BillSent || row.State == BoletoStates.Done) && row.PaidAmount < row.Amount)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(row => row.State, BoletoStates.Error)
                    .SetProperty(row => row.ErrorCode, reason.Code)
                    .SetProperty(row => row.Error, reason.Text)
                    .SetProperty(row => row.Retryable, false)
                    .SetProperty(row => row.AvailableAt, (DateTimeOffset?)null),
                cancellationToken);
        if (changed == 1)
        {
            progress.Moved(boleto.ImportId);
        }

        return TypedResults.Ok(new BounceResponse(WireId.Format(id), changed == 1 ? BoletoStates.Error : boleto.State));
    }

    [GeneratedRegex(@"\A[45]\.\d{1,3}\.\d{1,3}\z", RegexOptions.ECMAScript)]
    private static partial Regex StatusCode();
}
