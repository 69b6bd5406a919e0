using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Blocks;

internal static class ListBlocks
{
    /// <summary>Lists the accounts that the caller blocks, the latest first.</summary>
    public static async Task<Results<Ok<Page<AccountSummary>>, ProblemHttpResult>> HandleAsync(
        [AsParameters] PageQuery page, PampsDbContext db, CurrentUser user, HttpContext context, CancellationToken cancellationToken)
    {
        // Ordered by the block, so the ids of accounts are no places in this list.
        if (!page.TryResolve("blocks", out var window) || (page.Cursor is null && !page.IsFirstPage))
        {
            return Problems.InvalidCursor();
        }

        var blockerId = user.RequiredId;
        var blocks = db.Blocks.Where(block => block.BlockerId == blockerId && block.Blocked.DeletedAt == null);
        var rows = await window.Apply(blocks, block => block.Id)
            .Select(block => new { block.Id, block.BlockedId, block.Blocked.Username, block.Blocked.DisplayName, block.Blocked.AvatarUrl })
            .ToListAsync(cancellationToken);
        var answer = window.ToPage(rows, row => row.Id, row => new AccountSummary(WireId.Format(row.BlockedId), row.Username, row.DisplayName, row.AvatarUrl));
        PageLinks.Write(context, answer.NextCursor, answer.PrevCursor);
        return TypedResults.Ok(answer);
    }
}
