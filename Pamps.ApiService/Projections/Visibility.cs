using Pamps.ApiService.Data;

namespace Pamps.ApiService.Projections;

/// <summary>
/// Who may see what, in one place: for queries, and for what memory holds. A block is mutual and total: for either side
/// the other does not exist. A mute only empties lists; a muted account can still be looked up. Drafts are their author's.
/// </summary>
internal static class Visibility
{
    /// <summary>Accounts that exist for the reader.</summary>
    public static IQueryable<Account> VisibleTo(this IQueryable<Account> accounts, PampsDbContext db, long? readerId)
    {
        var present = accounts.Where(account => account.SuspendedAt == null && account.DeletedAt == null);
        return readerId is not { } reader ? present : present.Where(account => !db.Blocks.Any(block =>
            (block.BlockerId == reader && block.BlockedId == account.Id) || (block.BlockerId == account.Id && block.BlockedId == reader)));
    }

    /// <summary>Posts that exist for the reader, own drafts included.</summary>
    public static IQueryable<Post> VisibleTo(this IQueryable<Post> posts, PampsDbContext db, long? readerId)
    {
        var present = posts.Where(post =>
            post.DeletedAt == null && post.HiddenAt == null && post.Author.SuspendedAt == null && post.Author.DeletedAt == null);
        return readerId is not { } reader
            ? present.Where(post => post.Published)
            : present.Where(post => (post.Published || post.AuthorId == reader) && !db.Blocks.Any(block =>
                (block.BlockerId == reader && block.BlockedId == post.AuthorId) || (block.BlockerId == post.AuthorId && block.BlockedId == reader)));
    }

    /// <summary>Posts for a list: visible, published, and not by somebody the reader mutes now.</summary>
    public static IQueryable<Post> ListedFor(this IQueryable<Post> posts, PampsDbContext db, long? readerId, DateTimeOffset now)
    {
        var visible = posts.VisibleTo(db, readerId).Where(post => post.Published);
        return readerId is not { } reader ? visible : visible.Where(post => !db.Mutes.Any(mute =>
            mute.MuterId == reader && mute.MutedId == post.AuthorId && (mute.ExpiresAt == null || mute.ExpiresAt > now)));
    }

    /// <summary>Whether the post exists for the reader.</summary>
    public static bool CanRead(PostBody post, Reader? reader) => post.State switch
    {
        PostState.Visible => reader is null || !reader.IsBlocked(post.AuthorId),
        PostState.Draft => reader?.Id == post.AuthorId,
        _ => false,
    };

    /// <summary>Whether the post belongs into lists of the reader.</summary>
    public static bool IsListed(PostBody post, Reader? reader, DateTimeOffset now) =>
        post.State is PostState.Visible && (reader is null || (!reader.IsBlocked(post.AuthorId) && !reader.IsMuted(post.AuthorId, now)));

    /// <summary>Whether the post belongs into the reader's home feed: a thread's first post by oneself or by somebody followed.</summary>
    public static bool IsHome(PostBody post, Reader reader, DateTimeOffset now) =>
        post.ParentId is null && (post.AuthorId == reader.Id || reader.Follows(post.AuthorId)) && IsListed(post, reader, now);
}
