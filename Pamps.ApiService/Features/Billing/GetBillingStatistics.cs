using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;

namespace Pamps.ApiService.Features.Billing;

internal static class GetBillingStatistics
{
    private const int DefaultDays = 30;
    private const int MaxDays = 366;

    /// <summary>Counts what was issued, sent and paid on each of the last days, oldest first, days without anything included.</summary>
    /// <param name="days">How many days up to today, 1 to 366.</param>
    /// <param name="db">The database.</param>
    /// <param name="clock">The time.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public static async Task<Ok<IReadOnlyList<BillingDayResponse>>> HandleAsync(
        [FromQuery(Name = "days"), Description("How many days up to today, 1 to 366; other numbers are clamped. Default 30.")] int? days,
        PampsDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var first = today.AddDays(1 - Math.Clamp(days ?? DefaultDays, 1, MaxDays));
        var known = await db.BillingDays.AsNoTracking().Where(day => day.Day >= first && day.Day <= today).ToDictionaryAsync(day => day.Day, cancellationToken);
        var result = new List<BillingDayResponse>();
        for (var day = first; day <= today; day = day.AddDays(1))
        {
            result.Add(known.TryGetValue(day, out var row)
                ? new BillingDayResponse(day, row.Issued, row.Sent, row.Paid, row.PaidAmount)
                : new BillingDayResponse(day, 0, 0, 0, 0));
        }

        return TypedResults.Ok<IReadOnlyList<BillingDayResponse>>(result);
    }
}
