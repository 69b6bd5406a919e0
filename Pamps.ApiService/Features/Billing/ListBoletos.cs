using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Billing;

internal static class ListBoletos
{
    private const string List = "boletos";

    /// <summary>Lists boletos, newest first, of one import or all, by state or by the debt's id.</summary>
    /// <param name="page">Size and place.</param>
    /// <param name="importId">Only those of this import.</param>
    /// <param name="state">Only those in this state.</param>
    /// <param name="debtId">Only the one of this debt.</param>
    /// <param name="context">The request.</param>
    /// <param name="db">The database.</param>
    /// <param name="issuers">Their banks.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public static async Task<Results<Ok<Page<BoletoResponse>>, ProblemHttpResult>> HandleAsync(
        [AsParameters] PageQuery page,
        [FromQuery(Name = "import_id"), Description("Only those of this import.")] string? importId,
        [FromQuery(Name = "state"), Description("Only those in this state.")] string? state,
        [FromQuery(Name = "debt_id"), Description("Only the one of this debt.")] string? debtId,
        HttpContext context, PampsDbContext db, Issuers issuers, CancellationToken cancellationToken)
    {
        if (!page.TryResolve(List, out var window))
        {
            return Problems.InvalidCursor();
        }

        var boletos = db.Boletos.AsNoTracking();
        if (importId is not null)
        {
            if (!WireId.TryParse(importId, out var id))
            {
                return Problems.Invalid("import_id", "The id of an import is a number.");
            }

            var range = await db.BoletoImports.Where(import => import.Id == id).Select(import => new { import.FirstBoletoId, import.LastBoletoId }).SingleOrDefaultAsync(cancellationToken);
            var (first, last) = (range?.FirstBoletoId ?? 0, range?.LastBoletoId ?? -1);
            boletos = boletos.Where(boleto => boleto.Id >= first && boleto.Id <= last && boleto.ImportId == id);
        }

        if (state is not null)
        {
            if (!BoletoStates.All.Contains(state))
            {
                return Problems.Invalid("state", $"The state is one of {string.Join(", ", BoletoStates.All)}.");
            }

            // As a constant for errors, so that Postgres sees that the index of failed rows will do.
            boletos = state == BoletoStates.Error ? boletos.Where(boleto => boleto.State == "error") : boletos.Where(boleto => boleto.State == state);
        }

        if (debtId is not null)
        {
            var key = debtId.Trim().Replace("\0", "", StringComparison.Ordinal);
            boletos = boletos.Where(boleto => boleto.DebtId == key);
        }

        var rows = await window.Apply(boletos, boleto => boleto.Id).ToListAsync(cancellationToken);
        var known = new Dictionary<int, Issuer>();
        foreach (var issuer in rows.Select(boleto => boleto.IssuerId).OfType<int>().Distinct())
        {
            known[issuer] = await issuers.FindAsync(db, issuer, cancellationToken);
        }

        var result = window.ToPage(rows, boleto => boleto.Id, boleto => BoletoProjection.Of(boleto, boleto.IssuerId is { } issuer ? known[issuer] : null));
        PageLinks.Write(context, result.NextCursor, result.PrevCursor);
        return TypedResults.Ok(result);
    }
}
