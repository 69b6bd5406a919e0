using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Pamps.ApiService.Data;
using Pamps.ApiService.Outbox;

namespace Pamps.ApiService.Features.Accounts;

/// <summary>
/// Erases what is left of an account whose grace time is over (LGPD, art. 18 VI): posts and comments become empty
/// placeholders, relations, keys and sessions vanish, the row keeps nothing but the name, so that nobody gets it again.
/// Imports of debts stay, since the law asks to keep them, without the account. Every step can be repeated.
/// </summary>
internal sealed class EraseAccount(PampsDbContext db, IOptions<AccountOptions> options, TimeProvider clock) : IEventHandler<AccountPurged>
{
    /// <summary>What happens to each entity with personal data; a test compares it with the model.</summary>
    public static readonly IReadOnlyDictionary<Type, string> Fate = new Dictionary<Type, string>
    {
        [typeof(Account)] = "emptied; the name stays taken",
        [typeof(Post)] = "emptied; a placeholder keeps threads together",
        [typeof(PostRevision)] = "deleted",
        [typeof(PostTag)] = "deleted",
        [typeof(Mention)] = "deleted",
        [typeof(Like)] = "deleted",
        [typeof(Bookmark)] = "deleted",
        [typeof(Follow)] = "deleted, both directions",
        [typeof(Block)] = "deleted, both directions",
        [typeof(Mute)] = "deleted, both directions",
        [typeof(Comment)] = "emptied; a placeholder keeps threads together",
        [typeof(CommentRevision)] = "deleted",
        [typeof(Notification)] = "deleted, received and caused",
        [typeof(Session)] = "deleted",
        [typeof(RefreshToken)] = "deleted with the session",
        [typeof(ApiKey)] = "deleted",
        [typeof(Marker)] = "deleted",
        [typeof(AccountExport)] = "deleted",
        [typeof(AccountExportPart)] = "deleted with the export",
        [typeof(IdempotencyKey)] = "deleted",
        [typeof(Report)] = "reporter and note removed",
        [typeof(AuditEntry)] = "kept: the id alone, which leads to an empty row",
        [typeof(BoletoImport)] = "kept without the account",
        [typeof(Boleto)] = "kept: records of the creditor",
    };

    public async Task HandleAsync(AccountPurged e, OutboxDelivery delivery, CancellationToken cancellationToken)
    {
        var me = e.AccountId;
        if (!await db.Accounts.AnyAsync(account => account.Id == me && account.PurgedAt != null, cancellationToken))
        {
            return;
        }

        await DeleteAsync(db.PostRevisions, row => row.Post.AuthorId == me, row => row.Id, cancellationToken);
        await db.PostTags.Where(row => row.Post.AuthorId == me).ExecuteDeleteAsync(cancellationToken);
        await db.Mentions.Where(row => row.Post.AuthorId == me || row.AccountId == me).ExecuteDeleteAsync(cancellationToken);
        await EmptyPostsAsync(me, cancellationToken);
        await DeleteAsync(db.Likes, row => row.AccountId == me, row => row.Id, cancellationToken);
        await DeleteAsync(db.Bookmarks, row => row.AccountId == me, row => row.Id, cancellationToken);
        await DeleteAsync(db.Follows, row => row.FollowerId == me || row.FolloweeId == me, row => row.Id, cancellationToken);
        await DeleteAsync(db.Blocks, row => row.BlockerId == me || row.BlockedId == me, row => row.Id, cancellationToken);
        await DeleteAsync(db.Mutes, row => row.MuterId == me || row.MutedId == me, row => row.Id, cancellationToken);
        await DeleteAsync(db.Notifications, row => row.RecipientId == me || row.ActorId == me, row => row.Id, cancellationToken);
        await DeleteAsync(db.CommentRevisions, row => row.Comment.AuthorId == me, row => row.Id, cancellationToken);
        await EmptyCommentsAsync(me, cancellationToken);
        await db.Sessions.Where(row => row.AccountId == me).ExecuteDeleteAsync(cancellationToken);
        await db.ApiKeys.Where(row => row.AccountId == me).ExecuteDeleteAsync(cancellationToken);
        await db.Markers.Where(row => row.AccountId == me).ExecuteDeleteAsync(cancellationToken);
        await db.AccountExports.Where(row => row.AccountId == me).ExecuteDeleteAsync(cancellationToken);
        await db.IdempotencyKeys.Where(row => row.AccountId == me).ExecuteDeleteAsync(cancellationToken);
        await db.Reports.Where(row => row.ReporterId == me).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.ReporterId, (long?)null).SetProperty(row => row.Note, (string?)null), cancellationToken);
        await db.BoletoImports.Where(row => row.AccountId == me).ExecuteUpdateAsync(set => set.SetProperty(row => row.AccountId, (long?)null), cancellationToken);
        await db.Accounts.Where(row => row.Id == me).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.Email, (string?)null)
                .SetProperty(row => row.EmailNormalized, (string?)null)
                .SetProperty(row => row.PasswordHash, (string?)null)
                .SetProperty(row => row.DisplayName, "")
                .SetProperty(row => row.Bio, "")
                .SetProperty(row => row.AvatarUrl, (string?)null)
                .SetProperty(row => row.Links, Array.Empty<string>())
                .SetProperty(row => row.Language, (string?)null)
                .SetProperty(row => row.SuspensionReason, (string?)null)
                .SetProperty(row => row.Role, Contracts.AccountRole.User)
                .SetProperty(row => row.BillingOperator, false),
            cancellationToken);
    }

    /// <summary>In steps: one statement over a hundred thousand rows would hold its locks for too long.</summary>
    private async Task DeleteAsync<TRow>(
        IQueryable<TRow> rows, Expression<Func<TRow, bool>> mine, Expression<Func<TRow, long>> key, CancellationToken cancellationToken)
        where TRow : class
    {
        int deleted;
        do
        {
            deleted = await rows.Where(mine).OrderBy(key).Take(options.Value.StepRows).ExecuteDeleteAsync(cancellationToken);
        }
        while (deleted > 0);
    }

    private async Task EmptyPostsAsync(long me, CancellationToken cancellationToken)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        int emptied;
        do
        {
            emptied = await db.Posts
                .Where(row => row.AuthorId == me && (row.Text != "" || row.Title != null))
                .OrderBy(row => row.Id)
                .Take(options.Value.StepRows)
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(row => row.Text, "")
                        .SetProperty(row => row.Title, (string?)null)
                        .SetProperty(row => row.Tags, Array.Empty<string>())
                        .SetProperty(row => row.MentionNames, Array.Empty<string>())
                        .SetProperty(row => row.DeletedAt, row => row.DeletedAt ?? now),
                    cancellationToken);
        }
        while (emptied > 0);
    }

    private async Task EmptyCommentsAsync(long me, CancellationToken cancellationToken)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        int emptied;
        do
        {
            emptied = await db.Comments
                .Where(row => row.AuthorId == me)
                .OrderBy(row => row.Id)
                .Take(options.Value.StepRows)
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(row => row.Text, "")
                        .SetProperty(row => row.AuthorId, (long?)null)
                        .SetProperty(row => row.AuthorName, (string?)null)
                        .SetProperty(row => row.AuthorEmail, (string?)null)
                        .SetProperty(row => row.DeletedAt, row => row.DeletedAt ?? now),
                    cancellationToken);
        }
        while (emptied > 0);
    }
}
