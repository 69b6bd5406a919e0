using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;

namespace Pamps.ApiService.Features.Comments;

/// <summary>Finds threads by content id, following moves, and holds them still for a write.</summary>
/// <remarks>
/// A moved thread keeps its row and points to the one that took its comments; moves are flattened when they are made, so
/// one step is always enough. A writer takes the row in share mode, a move or a change of state takes it for itself: no
/// comment can land in a thread that is just being moved or locked.
/// </remarks>
internal static class ContentThreads
{
    /// <summary>The thread as it stands, or null when nobody commented or set anything.</summary>
    public static Task<ContentThread?> FindAsync(PampsDbContext db, ContentId id, CancellationToken cancellationToken) =>
        db.ContentThreads.AsNoTracking()
            .Where(thread => thread.ContentId == id.Value)
            .Select(thread => thread.MovedTo ?? thread)
            .FirstOrDefaultAsync(cancellationToken);

    /// <summary>The thread to write a comment into, born if need be; share-locked until the transaction ends.</summary>
    public static async Task<ContentThread> ShareAsync(PampsDbContext db, ContentId id, CommentSite site, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await EnsureAsync(db, id, site, now, cancellationToken);
        var value = id.Value;
        var thread = await db.ContentThreads
            .FromSql($"select * from content_threads where content_id = {value} for share")
            .SingleAsync(cancellationToken);
        return thread.MovedToId is { } target
            ? await db.ContentThreads.FromSql($"select * from content_threads where id = {target} for share").SingleAsync(cancellationToken)
            : thread;
    }

    /// <summary>The row of exactly this id, moved or not, born if need be; locked until the transaction ends.</summary>
    public static async Task<ContentThread> OwnAsync(PampsDbContext db, ContentId id, CommentSite site, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await EnsureAsync(db, id, site, now, cancellationToken);
        var value = id.Value;
        return await db.ContentThreads
            .FromSql($"select * from content_threads where content_id = {value} for update")
            .SingleAsync(cancellationToken);
    }

    /// <summary>Two first comments may race: the unique index lets one row in, the other writer finds it.</summary>
    private static Task<int> EnsureAsync(PampsDbContext db, ContentId id, CommentSite site, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var value = id.Value;
        var state = (site.Moderated ? ContentThreadState.Moderated : ContentThreadState.Open).ToString();
        return db.Database.ExecuteSqlAsync(
            $"insert into content_threads (content_id, state, created_at) values ({value}, {state}, {now}) on conflict (content_id) do nothing",
            cancellationToken);
    }
}
