using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Billing;

internal static class ResendBoleto
{
    /// <summary>Gives a boleto whose mail was given up another try; a mail that was handed over is not sent again.</summary>
    /// <param name="boletoId">The boleto.</param>
    /// <param name="db">The database.</param>
    /// <param name="delivery">Wakes the mailing.</param>
    /// <param name="clock">The time.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public static async Task<Results<Accepted, ProblemHttpResult>> HandleAsync(
        string boletoId, PampsDbContext db, DeliverySignal delivery, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!WireId.TryParse(boletoId, out var id))
        {
            return Problems.NotFound();
        }

        var now = clock.GetUtcNow();
        var changed = await db.Boletos.Where(boleto => boleto.Id == id && boleto.State == BoletoStates.Error).ExecuteUpdateAsync(
            set => set
                .SetProperty(boleto => boleto.State, boleto => boleto.Barcode == null ? BoletoStates.Started : BoletoStates.BillGenerated)
                .SetProperty(boleto => boleto.Retryable, false)
                .SetProperty(boleto => boleto.Attempts, 0)
                .SetProperty(boleto => boleto.AvailableAt, now),
            cancellationToken);
        if (changed == 1)
        {
            delivery.Signal.Set();
            return TypedResults.Accepted((string?)null);
        }

        return await db.Boletos.AnyAsync(boleto => boleto.Id == id, cancellationToken)
            ? Problems.Conflict(ProblemCodes.Conflict, "Only a boleto in the state error can be sent again: a debtor gets one mail per debt.")
            : Problems.NotFound();
    }
}
