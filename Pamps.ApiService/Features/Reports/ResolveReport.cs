using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Outbox;

namespace Pamps.ApiService.Features.Reports;

internal static class ResolveReport
{
    /// <summary>Ends a report with an action and a reason; the reporter and whom it warns are told, and the audit log keeps it.</summary>
    /// <param name="reportId">The report.</param>
    public static async Task<Results<Ok<ReportResponse>, ProblemHttpResult>> HandleAsync(
        long reportId, ResolveReportRequest request, PampsDbContext db, CurrentUser user, CallerStates states, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var report = await db.Reports.WithDetails().SingleOrDefaultAsync(report => report.Id == reportId, cancellationToken);
        if (report is null)
        {
            return Problems.NotFound();
        }

        if (report.ResolvedAt is not null)
        {
            return Problems.Conflict(detail: "The report was resolved before.");
        }

        var now = clock.GetUtcNow();
        switch (request.Action)
        {
            case ReportAction.Hide when report.Post is { } post:
                HideContent.Hide(db, post, user.RequiredId, request.Resolution, now);
                break;
            case ReportAction.Hide when report.Comment is { } comment:
                HideContent.Hide(db, comment, user.RequiredId, request.Resolution, now);
                break;
            case ReportAction.Hide:
                return Problems.Invalid("action", "An account cannot be hidden; suspend it.");
            case ReportAction.Warn when report.Account is null:
                return Problems.Invalid("action", "Nobody with an account wrote this; hide it.");
            case ReportAction.Suspend when report.Account is null:
                return Problems.Invalid("action", "Nobody with an account wrote this; hide it.");
            case ReportAction.Suspend when SuspendAccount.Refuses(report.Account, user) is { } refusal:
                return refusal;
            case ReportAction.Suspend:
                SuspendAccount.Suspend(db, report.Account, user.RequiredId, request.Resolution, now);
                break;
        }

        report.ResolvedAt = now;
        report.ResolvedById = user.RequiredId;
        report.Action = request.Action;
        report.Resolution = request.Resolution;
        db.AuditEntries.Add(Audit.Entry("report.resolve", $"report:{report.Id}", user.RequiredId, request.Resolution, now));
        db.Publish(new ReportResolved(report.Id));
        await db.SaveChangesAsync(cancellationToken);
        if (report is { Action: ReportAction.Suspend, AccountId: { } suspended })
        {
            states.Forget(suspended);
        }

        return TypedResults.Ok(ReportProjection.ToResponse(report, forModerator: true));
    }
}
