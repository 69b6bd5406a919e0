using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Outbox;

namespace Pamps.ApiService.Features.Accounts;

internal static class RequestExport
{
    /// <summary>Asks for a copy of everything the caller owns, once a day; it is made in the background.</summary>
    public static async Task<Results<Accepted<ExportResponse>, ProblemHttpResult>> HandleAsync(
        PampsDbContext db, CurrentUser user, IOptions<AccountOptions> options, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var since = now - options.Value.ExportInterval;
        var last = await db.AccountExports.AsNoTracking()
            .Where(export => export.AccountId == user.RequiredId && export.RequestedAt > since && export.State != ExportStates.Failed)
            .OrderByDescending(export => export.Id)
            .FirstOrDefaultAsync(cancellationToken);
        if (last is not null)
        {
            var refusal = Problems.Of(StatusCodes.Status429TooManyRequests, ProblemCodes.RateLimited, "One export a day.");
            refusal.ProblemDetails.Extensions[Problems.RetryAfterMember] = RateLimits.Seconds(last.RequestedAt + options.Value.ExportInterval - now);
            return refusal;
        }

        var export = new AccountExport
        {
            Id = await db.NextIdAsync<AccountExport>(cancellationToken),
            AccountId = user.RequiredId,
            State = ExportStates.Pending,
            RequestedAt = now,
        };
        db.AccountExports.Add(export);
        db.Publish(new ExportRequested(export.Id));
        await db.SaveChangesAsync(cancellationToken);
        var answer = ExportStates.ToResponse(export);
        return TypedResults.Accepted($"/api/v1/me/exports/{answer.Id}", answer);
    }
}
