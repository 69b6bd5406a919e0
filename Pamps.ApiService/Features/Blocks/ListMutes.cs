using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Blocks;

internal static class ListMutes
{
    /// <summary>Lists the accounts that the caller mutes now, the latest first.</summary>
    public static async Task<Results<Ok<Page<MuteResponse>>, ProblemHttpResult>> HandleAsync(
        [AsParameters] PageQuery page, PampsDbContext db, CurrentUser user, TimeProvider clock, HttpContext context, CancellationToken cancellationToken)
    {
        // Ordered by the mute, so the ids of accounts are no places in this list.
        if (!page.TryResolve("mutes", out var window) || (page.Cursor is null && !page.IsFirstPage))
        {
            return Problems.InvalidCursor();
        }

        var muterId = user.RequiredId;
        var now = clock.GetUtcNow();
        var mutes = db.Mutes.Where(mute =>
            mute.MuterId == muterId && mute.Muted.DeletedAt == null && (mute.ExpiresAt == null || mute.ExpiresAt > now));
        var rows = await window.Apply(mutes, mute => mute.Id)
            .Select(mute => new { mute.Id, mute.MutedId, mute.Muted.Username, mute.Muted.DisplayName, mute.Muted.AvatarUrl, mute.ExpiresAt, mute.Notifications })
            .ToListAsync(cancellationToken);
        var answer = window.ToPage(rows, row => row.Id, row => new MuteResponse(
            new AccountSummary(WireId.Format(row.MutedId), row.Username, row.DisplayName, row.AvatarUrl), row.ExpiresAt, row.Notifications));
        PageLinks.Write(context, answer.NextCursor, answer.PrevCursor);
        return TypedResults.Ok(answer);
    }
}
