using Pamps.ApiService.Data;

namespace Pamps.ApiService.Features.Comments;

/// <summary>Which comments a reader sees.</summary>
internal static class CommentVisibility
{
    /// <summary>Comments that count: approved, not deleted, not hidden, by nobody suspended. The same for every reader.</summary>
    public static IQueryable<Comment> WhereStanding(this IQueryable<Comment> comments) =>
        comments.Where(comment => comment.ApprovedAt != null && comment.DeletedAt == null && comment.HiddenAt == null
            && (comment.AuthorId == null || (comment.Author!.SuspendedAt == null && comment.Author.DeletedAt == null)));

    /// <summary>What a reader finds in a list and can read: no placeholders.</summary>
    public static IQueryable<Comment> WhereReadable(this IQueryable<Comment> comments, PampsDbContext db, long? reader, bool moderator, DateTimeOffset now) =>
        comments.WhereListed(db, reader, moderator, now).Where(comment => comment.DeletedAt == null && comment.HiddenAt == null
            && (comment.AuthorId == null || (comment.Author!.SuspendedAt == null && comment.Author.DeletedAt == null)));

    /// <summary>
    /// What a reader finds in a list: standing comments, one's own that wait, for moderators all that wait; and gone ones
    /// that somebody answered, as placeholders. Never those of an account that is blocked, in either direction, or muted.
    /// </summary>
    public static IQueryable<Comment> WhereListed(this IQueryable<Comment> comments, PampsDbContext db, long? reader, bool moderator, DateTimeOffset now)
    {
        comments = comments.Where(comment =>
            (comment.ApprovedAt != null || moderator || (reader != null && comment.AuthorId == reader))
            && ((comment.DeletedAt == null && comment.HiddenAt == null
                    && (comment.AuthorId == null || (comment.Author!.SuspendedAt == null && comment.Author.DeletedAt == null)))
                || db.Comments.Any(reply => reply.ParentId == comment.Id && reply.ApprovedAt != null && reply.DeletedAt == null && reply.HiddenAt == null)));
        return reader is null
            ? comments
            : comments.Where(comment => comment.AuthorId == null || comment.AuthorId == reader
                || (!db.Blocks.Any(block => (block.BlockerId == reader && block.BlockedId == comment.AuthorId)
                        || (block.BlockerId == comment.AuthorId && block.BlockedId == reader))
                    && !db.Mutes.Any(mute => mute.MuterId == reader && mute.MutedId == comment.AuthorId && (mute.ExpiresAt == null || mute.ExpiresAt > now))));
    }
}
