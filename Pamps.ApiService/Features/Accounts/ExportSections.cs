using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Data;

namespace Pamps.ApiService.Features.Accounts;

/// <summary>A kind of thing in an export.</summary>
/// <param name="Name">Name of the file, without extension.</param>
/// <param name="Tables">The entities it holds, for the test that none with personal data is forgotten.</param>
/// <param name="ReadAsync">Reads rows of an account with keys above one, in their order; each with its key.</param>
internal sealed record ExportSection(
    string Name, IReadOnlyList<Type> Tables, Func<PampsDbContext, long, long, int, CancellationToken, Task<List<ExportRow>>> ReadAsync);

/// <summary>A row of an export.</summary>
/// <param name="Key">Its key, larger than those before.</param>
/// <param name="Value">What is written.</param>
internal sealed record ExportRow(long Key, object Value);

/// <summary>
/// What belongs to a person and goes into an export (LGPD, Lei 13.709/2018, art. 18): everything but secrets (hashes of
/// passwords, tokens, keys) and what is derived from the rest.
/// </summary>
internal static class ExportSections
{
    /// <summary>All of them, in the order of the archive.</summary>
    public static readonly IReadOnlyList<ExportSection> All =
    [
        Of("profile", [typeof(Account)], (db, me) => db.Accounts.Where(row => row.Id == me), row => row.Id, row => new
        {
            row.Id, row.Username, row.Email, row.DisplayName, row.Bio, row.AvatarUrl, row.Links, row.Language, row.Role, row.BillingOperator,
            row.CreatedAt, row.LastSeenAt, row.SuspendedAt, row.SuspensionReason, row.DeletedAt, row.FollowerCount, row.FollowingCount,
        }),
        Of("posts", [typeof(Post), typeof(PostTag), typeof(Tag), typeof(Mention)], (db, me) => db.Posts.Where(row => row.AuthorId == me), row => row.Id, row => new
        {
            row.Id, row.Title, row.Text, row.Lang, row.ParentId, row.CreatedAt, row.EditedAt, row.Published, row.DeletedAt, row.HiddenAt,
            row.Version, row.LikeCount, row.ReplyCount, row.Tags, Mentions = row.MentionNames,
        }),
        Of("post-history", [typeof(PostRevision)], (db, me) => db.PostRevisions.Where(row => row.Post.AuthorId == me), row => row.Id, row => new
        {
            row.PostId, row.Version, row.Title, row.Text, row.CreatedAt,
        }),
        Of("likes", [typeof(Like)], (db, me) => db.Likes.Where(row => row.AccountId == me), row => row.Id, row => new { row.PostId, row.CreatedAt }),
        Of("bookmarks", [typeof(Bookmark)], (db, me) => db.Bookmarks.Where(row => row.AccountId == me), row => row.Id, row => new { row.PostId, row.CreatedAt }),
        Of("following", [typeof(Follow)], (db, me) => db.Follows.Include(row => row.Followee).Where(row => row.FollowerId == me), row => row.Id,
            row => new { row.Followee.Username, row.CreatedAt }),
        Of("followers", [typeof(Follow)], (db, me) => db.Follows.Include(row => row.Follower).Where(row => row.FolloweeId == me), row => row.Id,
            row => new { row.Follower.Username, row.CreatedAt }),
        Of("blocks", [typeof(Block)], (db, me) => db.Blocks.Include(row => row.Blocked).Where(row => row.BlockerId == me), row => row.Id,
            row => new { row.Blocked.Username, row.CreatedAt }),
        Of("mutes", [typeof(Mute)], (db, me) => db.Mutes.Include(row => row.Muted).Where(row => row.MuterId == me), row => row.Id,
            row => new { row.Muted.Username, row.Notifications, row.ExpiresAt, row.CreatedAt }),
        Of("comments", [typeof(Comment), typeof(ContentThread)], (db, me) => db.Comments.Include(row => row.Thread).Where(row => row.AuthorId == me), row => row.Id,
            row => new { row.Id, row.Thread.ContentId, row.Text, row.ParentId, row.CreatedAt, row.EditedAt, row.DeletedAt }),
        Of("comment-history", [typeof(CommentRevision)], (db, me) => db.CommentRevisions.Where(row => row.Comment.AuthorId == me), row => row.Id, row => new
        {
            row.CommentId, row.Version, row.Text, row.CreatedAt,
        }),
        Of("notifications", [typeof(Notification)], (db, me) => db.Notifications.Where(row => row.RecipientId == me), row => row.Id,
            row => new { row.Id, row.Type, row.ActorId, row.PostId, row.CreatedAt, row.ReadAt }),
        Of("sessions", [typeof(Session), typeof(RefreshToken)], (db, me) => db.Sessions.Where(row => row.AccountId == me), row => row.Id,
            row => new { row.Client, row.Scope, row.CreatedAt, row.LastUsedAt, row.ExpiresAt, row.RevokedAt }),
        Of("api-keys", [typeof(ApiKey)], (db, me) => db.ApiKeys.Where(row => row.AccountId == me), row => row.Id,
            row => new { row.Name, row.Prefix, row.Scopes, row.CreatedAt, row.ExpiresAt, row.LastUsedAt, row.RevokedAt }),
        Of("reports", [typeof(Report)], (db, me) => db.Reports.Where(row => row.ReporterId == me), row => row.Id,
            row => new { row.Target, row.Reason, row.Note, row.CreatedAt, row.ResolvedAt, row.Action, row.Resolution }),
        Of("actions", [typeof(AuditEntry)], (db, me) => db.AuditEntries.Where(row => row.ActorId == me), row => row.Id,
            row => new { row.Action, row.Target, row.Reason, row.CreatedAt }),
        Of("imports", [typeof(BoletoImport)], (db, me) => db.BoletoImports.Where(row => row.AccountId == me), row => row.Id,
            row => new { row.Id, row.FileName, row.State, row.CreatedAt, row.CompletedAt }),
        Of("boletos", [typeof(Boleto)], (db, me) => db.Boletos.Where(row => db.BoletoImports.Any(import => import.Id == row.ImportId && import.AccountId == me)), row => row.Id,
            row => new { row.DebtId, row.ImportId, row.Name, row.GovernmentId, row.Email, row.Amount, row.DueOn, row.State, row.CreatedAt }),
        Of("markers", [typeof(Marker)], (db, me) => db.Markers.Where(row => row.AccountId == me), row => row.LastReadId,
            row => new { row.Feed, row.LastReadId, row.UpdatedAt }, onePage: true),
        Of("exports", [typeof(AccountExport), typeof(AccountExportPart)], (db, me) => db.AccountExports.Where(row => row.AccountId == me), row => row.Id,
            row => new { row.Id, row.State, row.RequestedAt, row.CompletedAt, row.ExpiresAt }),
    ];

    private static ExportSection Of<TRow>(
        string name,
        IReadOnlyList<Type> tables,
        Func<PampsDbContext, long, IQueryable<TRow>> mine,
        Expression<Func<TRow, long>> key,
        Func<TRow, object> value,
        bool onePage = false)
        where TRow : class
    {
        var keyOf = key.Compile();
        return new ExportSection(name, tables, async (db, accountId, after, take, cancellationToken) =>
        {
            // Rows whose key is not unique are few: they are read in one go.
            if (onePage && after > 0)
            {
                return [];
            }

            var parameter = key.Parameters[0];
            var later = Expression.Lambda<Func<TRow, bool>>(
                Expression.GreaterThan(key.Body, Expression.Constant(after)), parameter);
            var query = mine(db, accountId).AsNoTracking();
            var rows = onePage
                ? await query.OrderBy(key).ToListAsync(cancellationToken)
                : await query.Where(later).OrderBy(key).Take(take).ToListAsync(cancellationToken);
            return rows.ConvertAll(row => new ExportRow(onePage ? long.MaxValue : keyOf(row), value(row)));
        });
    }
}
