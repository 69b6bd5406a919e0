using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Data;
using Pamps.ApiService.Outbox;

namespace Pamps.ApiService.Features.Posts;

/// <summary>
/// Finds the tags and the searched words of all posts anew, on request of an administrator: for after a change of the grammar
/// of texts or of the dictionaries of the search. Resumable; posts written meanwhile are right already. Nobody is told, and no
/// post counts as edited.
/// </summary>
internal sealed class ReindexPosts(PampsDbContext db) : IEventHandler<PostReindexRequested>
{
    private const int BatchSize = 200;

    public async Task HandleAsync(PostReindexRequested e, OutboxDelivery delivery, CancellationToken cancellationToken)
    {
        var last = delivery.Cursor is { } cursor ? long.Parse(cursor, CultureInfo.InvariantCulture) : 0;
        var end = await db.Posts.MaxAsync(post => (long?)post.Id, cancellationToken) ?? 0;
        while (await ReindexAsync(last, end, cancellationToken) is { } reached)
        {
            last = reached;
            await delivery.SaveAsync(last.ToString(CultureInfo.InvariantCulture), (int)(last * 100 / end), cancellationToken);
        }

        db.Publish(new PostsReindexed());
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Does the next batch; returns the last id of it, or null when there is none.</summary>
    private async Task<long?> ReindexAsync(long after, long end, CancellationToken cancellationToken)
    {
        var ids = await db.Posts.Where(post => post.Id > after && post.Id <= end).OrderBy(post => post.Id).Take(BatchSize)
            .Select(post => post.Id).ToListAsync(cancellationToken);
        if (ids.Count == 0)
        {
            return null;
        }

        return await db.InTransactionAsync(
            async () =>
            {
                // Postgres derives the searched words whenever the text is set. It also keeps these posts from being edited until
                // the tags of the text that is read next are stored: those of an earlier text must not overwrite them.
                await db.Database.ExecuteSqlAsync($"update posts set text = text where id = any({ids})", cancellationToken);
                foreach (var post in await db.Posts.Where(post => ids.Contains(post.Id)).Include(post => post.PostTags).ToListAsync(cancellationToken))
                {
                    // Texts of older clients may be longer than new ones; those of tombstones are empty and stay as they are.
                    if (PostText.TryParse(post.Text, int.MaxValue, out var text, out _))
                    {
                        await PostReferences.ApplyTagsAsync(db, post, text, cancellationToken);
                    }
                }

                await db.SaveChangesAsync(cancellationToken);
                db.ChangeTracker.Clear();
                return ids[^1];
            },
            cancellationToken);
    }
}
