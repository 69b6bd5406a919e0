using Microsoft.EntityFrameworkCore;

namespace Pamps.ApiService.Data;

internal static class AccountPairs
{
    /// <summary>
    /// Makes changes of how two accounts stand to each other follow one another until the end of the transaction: a
    /// follow cannot slip past a block. Lower id first, as in the trigger that counts follows, so that two pairs never wait
    /// for each other.
    /// </summary>
    public static async Task LockPairAsync(this PampsDbContext db, long one, long other, CancellationToken cancellationToken) =>
        await db.Database.SqlQuery<long>(
            $"""select id as "Value" from accounts where id in ({one}, {other}) order by id for no key update""")
            .ToListAsync(cancellationToken);

    /// <summary>Counts a change of whom an account follows; the new version.</summary>
    public static async Task<long> RaiseFeedVersionAsync(this PampsDbContext db, long accountId, CancellationToken cancellationToken) =>
        (await db.Database.SqlQuery<long>(
            $"""update accounts set feed_version = feed_version + 1 where id = {accountId} returning feed_version as "Value" """)
            .ToListAsync(cancellationToken)).Single();
}
