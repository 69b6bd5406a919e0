using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Follows;

internal static class GetRelationships
{
    private const int IdsMax = 40;

    /// <summary>Says how the caller and each of up to 40 accounts stand to each other; unknown accounts are left out.</summary>
    /// <param name="ids">Ids of accounts, separated by commas or repeated.</param>
    /// <param name="db">The database.</param>
    /// <param name="user">The caller.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public static async Task<Results<Ok<IReadOnlyList<Relationship>>, ProblemHttpResult>> HandleAsync(
        [FromQuery] string[] ids, PampsDbContext db, CurrentUser user, TimeProvider clock, CancellationToken cancellationToken)
    {
        var accountIds = new List<long>();
        foreach (var text in ids.SelectMany(part => part.Split(',', StringSplitOptions.TrimEntries)))
        {
            if (!WireId.TryParse(text, out var id) || accountIds.Count == IdsMax)
            {
                return Problems.Invalid("ids", $"Must be 1 to {IdsMax} ids of accounts.");
            }

            accountIds.Add(id);
        }

        if (accountIds.Count == 0)
        {
            return Problems.Invalid("ids", $"Must be 1 to {IdsMax} ids of accounts.");
        }

        var visible = await db.Accounts.VisibleTo(db, user.RequiredId).Where(account => accountIds.Contains(account.Id))
            .Select(account => account.Id).ToHashSetAsync(cancellationToken);
        return TypedResults.Ok(await AccountProjection.RelationshipsAsync(
            db, user.RequiredId, [.. accountIds.Distinct().Where(visible.Contains)], clock.GetUtcNow(), cancellationToken));
    }
}
