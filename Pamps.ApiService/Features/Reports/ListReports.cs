using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Reports;

internal static class ListReports
{
    private const string List = "reports";

    /// <summary>Lists reports for the moderators, newest first: the open ones, or all of them.</summary>
    public static async Task<Results<Ok<Page<ReportResponse>>, ProblemHttpResult>> HandleAsync(
        [AsParameters] PageQuery page,
        [FromQuery(Name = "state"), Description("`open` (when absent), `resolved` or `all`.")] string? state,
        HttpContext http,
        PampsDbContext db,
        CancellationToken cancellationToken)
    {
        if (!page.TryResolve(List, out var window))
        {
            return Problems.InvalidCursor();
        }

        IQueryable<Report> reports = db.Reports.AsNoTracking();
        switch (state)
        {
            case null or "open":
                reports = reports.Where(report => report.ResolvedAt == null);
                break;
            case "resolved":
                reports = reports.Where(report => report.ResolvedAt != null);
                break;
            case "all":
                break;
            default:
                return Problems.Invalid("state", "One of open, resolved, all.");
        }

        var rows = await window.Apply(reports, report => report.Id).WithDetails().ToListAsync(cancellationToken);
        var found = window.ToPage(rows, report => report.Id, report => ReportProjection.ToResponse(report, forModerator: true));
        PageLinks.Write(http, found.NextCursor, found.PrevCursor);
        return TypedResults.Ok(found);
    }
}
