using System.Globalization;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;

namespace Pamps.ApiService.Projections;

/// <summary>Accounts as readers get them.</summary>
internal static class AccountProjection
{
    /// <summary>For queries: an account as it stands beside a post.</summary>
    public static Expression<Func<Account, AccountSummary>> Summary { get; } = account =>
        new AccountSummary(account.Id.ToString(CultureInfo.InvariantCulture), account.Username, account.DisplayName, account.AvatarUrl);

    /// <summary>The same for an account in memory.</summary>
    public static AccountSummary ToSummary(Account account) =>
        new(account.Id.ToString(CultureInfo.InvariantCulture), account.Username, account.DisplayName, account.AvatarUrl);

    /// <summary>The id of an account that exists for the reader; null otherwise.</summary>
    public static async Task<long?> FindIdAsync(PampsDbContext db, string username, long? readerId, CancellationToken cancellationToken)
    {
        var name = username.ToLowerInvariant();
        return await db.Accounts.Where(account => account.Username == name).VisibleTo(db, readerId)
            .Select(account => (long?)account.Id).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>The profile of an account that exists for the reader; null otherwise.</summary>
    public static async Task<AccountResponse?> ReadAsync(
        PampsDbContext db, Expression<Func<Account, bool>> which, long? readerId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var row = await db.Accounts.AsNoTracking().Where(which).VisibleTo(db, readerId)
            .Select(account => new
            {
                Account = account,
                PostCount = db.Posts.Count(post => post.AuthorId == account.Id && post.Published && post.DeletedAt == null && post.HiddenAt == null),
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (row is null)
        {
            return null;
        }

        var relationship = readerId is { } reader && reader != row.Account.Id
            ? (await RelationshipsAsync(db, reader, [row.Account.Id], now, cancellationToken)).Single()
            : null;
        return new AccountResponse(
            row.Account.Id.ToString(CultureInfo.InvariantCulture),
            row.Account.Username,
            row.Account.DisplayName,
            row.Account.Bio,
            row.Account.AvatarUrl,
            row.Account.Links,
            row.Account.CreatedAt,
            row.PostCount,
            row.Account.FollowerCount,
            row.Account.FollowingCount,
            relationship);
    }

    /// <summary>How the reader and each of the accounts stand to each other, in the order of the ids.</summary>
    public static async Task<IReadOnlyList<Relationship>> RelationshipsAsync(
        PampsDbContext db, long readerId, IReadOnlyList<long> accountIds, DateTimeOffset now, CancellationToken cancellationToken)
    {
        long[] ids = [.. accountIds];
        var rows = await db.Accounts.Where(account => ids.Contains(account.Id))
            .Select(account => new
            {
                account.Id,
                Following = db.Follows.Any(follow => follow.FollowerId == readerId && follow.FolloweeId == account.Id),
                FollowedBy = db.Follows.Any(follow => follow.FollowerId == account.Id && follow.FolloweeId == readerId),
                Blocking = db.Blocks.Any(block => block.BlockerId == readerId && block.BlockedId == account.Id),
                Muting = db.Mutes.Any(mute => mute.MuterId == readerId && mute.MutedId == account.Id && (mute.ExpiresAt == null || mute.ExpiresAt > now)),
            })
            .ToDictionaryAsync(row => row.Id, cancellationToken);
        return
        [
            .. accountIds.Where(rows.ContainsKey).Select(id => rows[id]).Select(row =>
                new Relationship(row.Id.ToString(CultureInfo.InvariantCulture), row.Following, row.FollowedBy, row.Blocking, row.Muting)),
        ];
    }
}
