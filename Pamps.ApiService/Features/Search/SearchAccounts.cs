using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Search;

/// <summary>Finds accounts by user name and display name, also when misspelt: trigrams (pg_trgm). The beginning of a name counts most.</summary>
internal static class SearchAccounts
{
    public static async Task<SearchResponse> FindAsync(
        PampsDbContext db, string text, long? readerId, SearchPlace place, int size, CancellationToken cancellationToken)
    {
        var start = LikePattern.Escape(text.ToLowerInvariant()) + "%";
        var part = "%" + start;
        var visible = db.Accounts.VisibleTo(db, readerId);
        var found = await db.Database.SqlQuery<SearchHit>(
            $"""
            select id as "Id", (greatest(similarity(username, {text}), similarity(display_name, {text}))
                + case when username = lower({text}) then 2 when username like {start} then 1 else 0 end)::float8 as "Rank"
            from accounts
            where username % {text} or display_name % {text} or username like {part} or display_name ilike {part}
            """)
            .Where(hit => visible.Any(account => account.Id == hit.Id))
            .Where(hit => hit.Rank < place.Rank || (hit.Rank == place.Rank && hit.Id < place.Id))
            .OrderByDescending(hit => hit.Rank).ThenByDescending(hit => hit.Id).Take(size + 1).ToListAsync(cancellationToken);
        var next = found.Count > size ? new SearchPlace(found[size - 1].Rank, found[size - 1].Id).ToCursor("accounts") : null;
        long[] ids = [.. found.Take(size).Select(hit => hit.Id)];
        var accounts = await db.Accounts.AsNoTracking().Where(account => ids.Contains(account.Id)).ToDictionaryAsync(account => account.Id, cancellationToken);
        return new SearchResponse("accounts", [], [.. ids.Where(accounts.ContainsKey).Select(id => AccountProjection.ToSummary(accounts[id]))], [], next);
    }
}
