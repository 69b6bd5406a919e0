using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Reports;

internal static class GetReport
{
    /// <summary>Returns a report: to who filed it, or with all details to moderators that hold <c>admin:read</c>.</summary>
    /// <param name="reportId">The report.</param>
    public static async Task<Results<Ok<ReportResponse>, ProblemHttpResult>> HandleAsync(
        long reportId, PampsDbContext db, CurrentUser user, CancellationToken cancellationToken)
    {
        var moderator = user.IsModerator && user.HasScope(Scopes.AdminRead);
        var report = await db.Reports.AsNoTracking()
            .Where(report => report.Id == reportId && (moderator || report.ReporterId == user.RequiredId))
            .WithDetails()
            .SingleOrDefaultAsync(cancellationToken);
        return report is null ? Problems.NotFound() : TypedResults.Ok(ReportProjection.ToResponse(report, moderator));
    }
}
