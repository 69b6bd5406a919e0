using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Accounts;

internal static class ListAccounts
{
    private const string List = "accounts";

    /// <summary>Lists accounts, newest first; with <c>q</c> those whose user name or display name contains it.</summary>
    public static async Task<Results<Ok<Page<AccountSummary>>, ProblemHttpResult>> HandleAsync(
        [AsParameters] PageQuery page,
        [FromQuery(Name = "q"), StringLength(AccountLimits.DisplayNameMax), Description("Part of a user name or display name, in any case.")] string? query,
        HttpContext http,
        PampsDbContext db,
        CurrentUser user,
        CancellationToken cancellationToken)
    {
        if (!page.TryResolve(List, out var window))
        {
            return Problems.InvalidCursor();
        }

        var accounts = db.Accounts.AsNoTracking().VisibleTo(db, user.Id);
        if (!string.IsNullOrWhiteSpace(query))
        {
            // The signs of LIKE are letters here.
            var pattern = $"%{query.Trim().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
            accounts = accounts.Where(account => EF.Functions.ILike(account.Username, pattern, "\\") || EF.Functions.ILike(account.DisplayName, pattern, "\\"));
        }

        var rows = await window.Apply(accounts, account => account.Id)
            .Select(account => new { account.Id, account.Username, account.DisplayName, account.AvatarUrl })
            .ToListAsync(cancellationToken);
        var found = window.ToPage(rows, row => row.Id, row => new AccountSummary(WireId.Format(row.Id), row.Username, row.DisplayName, row.AvatarUrl));
        PageLinks.Write(http, found.NextCursor, found.PrevCursor);
        return TypedResults.Ok(found);
    }
}
