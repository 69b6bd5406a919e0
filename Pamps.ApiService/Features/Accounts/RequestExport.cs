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
        var (export, isNew) = await db.InTransactionAsync(() => AskAsync(db, user.RequiredId, now, options.Value, cancellationToken), cancellationToken);
        if (!isNew)
        {
            var refusal = Problems.Of(StatusCodes.Status429TooManyRequests, ProblemCodes.RateLimited, "One export a day.");
            refusal.ProblemDetails.Extensions[Problems.RetryAfterMember] = RateLimits.Seconds(export.RequestedAt + options.Value.ExportInterval - now);
            return refusal;
        }

        var answer = ExportStates.ToResponse(export);
        return TypedResults.Accepted($"/api/v1/me/exports/{answer.Id}", answer);
    }

    /// <summary>The export of the day, made if there was none. Those of one account ask one after the other.</summary>
    private static async Task<(AccountExport Export, bool IsNew)> AskAsync(
        PampsDbContext db, long accountId, DateTimeOffset now, AccountOptions options, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync($"select from accounts where id = {accountId} for no key update", cancellationToken);
        var since = now - options.ExportInterval;
        var last = await db.AccountExports.AsNoTracking()
            .Where(export => export.AccountId == accountId && export.RequestedAt > since && export.State != ExportStates.Failed)
            .OrderByDescending(export => export.Id)
            .FirstOrDefaultAsync(cancellationToken);
        if (last is not null)
        {
            return (last, false);
        }

        var export = new AccountExport
        {
            Id = await db.NextIdAsync<AccountExport>(cancellationToken),
            AccountId = accountId,
            State = ExportStates.Pending,
            RequestedAt = now,
        };
        db.AccountExports.Add(export);
        db.Publish(new ExportRequested(export.Id));
        await db.SaveChangesAsync(cancellationToken);
        return (export, true);
    }
}
