using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Reports;

internal static class ListAudit
{
    private const string List = "audit";

    /// <summary>Lists what people with rights did, newest first; with <c>target</c> the history of one thing.</summary>
    public static async Task<Results<Ok<Page<AuditEntryResponse>>, ProblemHttpResult>> HandleAsync(
        [AsParameters] PageQuery page,
        [FromQuery(Name = "target"), StringLength(60), Description("Such as `account:42`.")] string? target,
        HttpContext http,
        PampsDbContext db,
        CancellationToken cancellationToken)
    {
        if (!page.TryResolve(List, out var window))
        {
            return Problems.InvalidCursor();
        }

        var entries = db.AuditEntries.AsNoTracking().Where(entry => target == null || entry.Target == target);
        var rows = await window.Apply(entries, entry => entry.Id).Include(entry => entry.Actor).ToListAsync(cancellationToken);
        var found = window.ToPage(rows, entry => entry.Id, entry => new AuditEntryResponse(
            WireId.Format(entry.Id), entry.Actor is { } actor ? AccountProjection.ToSummary(actor) : null, entry.Action, entry.Target, entry.Reason, entry.CreatedAt));
        PageLinks.Write(http, found.NextCursor, found.PrevCursor);
        return TypedResults.Ok(found);
    }
}
