using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;

namespace Pamps.ApiService.Features.Billing;

internal static class ReissueBoletos
{
    /// <summary>Gives every boleto that failed for a passing reason another try now, as the daily run does.</summary>
    public static async Task<Accepted<ReissueResponse>> HandleAsync(PampsDbContext db, DeliverySignal delivery, TimeProvider clock, CancellationToken cancellationToken)
    {
        var count = await PutBackAsync(db, clock.GetUtcNow(), cancellationToken);
        delivery.Signal.Set();
        return TypedResults.Accepted((string?)null, new ReissueResponse(count));
    }

    /// <summary>Puts failed rows back into the queue they failed in.</summary>
    public static async Task<long> PutBackAsync(PampsDbContext db, DateTimeOffset now, CancellationToken cancellationToken) =>
        await db.Boletos.Where(boleto => boleto.State == BoletoStates.Error && boleto.Retryable).ExecuteUpdateAsync(
            set => set
                .SetProperty(boleto => boleto.State, boleto => boleto.Barcode == null ? BoletoStates.Started : BoletoStates.BillGenerated)
                .SetProperty(boleto => boleto.Retryable, false)
                .SetProperty(boleto => boleto.Attempts, 0)
                .SetProperty(boleto => boleto.AvailableAt, now),
            cancellationToken);
}
