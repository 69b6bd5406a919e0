using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Data;

namespace Pamps.ApiService.Features.Posts;

/// <summary>
/// Ends deleted posts for good once they can no longer be restored: text, title, tags, mentions and history go, the row
/// stays as a tombstone. Every replica does it; doing it twice changes nothing.
/// </summary>
internal sealed partial class PurgeDeletedPosts(IServiceScopeFactory scopes, TimeProvider clock, ILogger<PurgeDeletedPosts> logger) : BackgroundService
{
    /// <summary>How long the author may change their mind.</summary>
    public static readonly TimeSpan RestoreTime = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>Purges what is due; the number of posts.</summary>
    public static async Task<int> PurgeAsync(PampsDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // A minute more than the author has, so that a restore that began in time is not cut off.
        var before = now - RestoreTime - Interval;
        var due = await db.Posts.Where(post => post.DeletedAt != null && post.DeletedAt < before && post.Text != "")
            .OrderBy(post => post.DeletedAt).Select(post => post.Id).Take(1_000).ToListAsync(cancellationToken);
        if (due.Count == 0)
        {
            return 0;
        }

        await db.PostRevisions.Where(revision => due.Contains(revision.PostId)).ExecuteDeleteAsync(cancellationToken);
        await db.PostTags.Where(tag => due.Contains(tag.PostId)).ExecuteDeleteAsync(cancellationToken);
        await db.Mentions.Where(mention => due.Contains(mention.PostId)).ExecuteDeleteAsync(cancellationToken);
        await db.Bookmarks.Where(bookmark => due.Contains(bookmark.PostId)).ExecuteDeleteAsync(cancellationToken);
        return await db.Posts.Where(post => due.Contains(post.Id)).ExecuteUpdateAsync(
            set => set
                .SetProperty(post => post.Text, "")
                .SetProperty(post => post.Title, (string?)null)
                .SetProperty(post => post.Tags, Array.Empty<string>())
                .SetProperty(post => post.MentionNames, Array.Empty<string>()),
            cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await PurgeAsync(scope.ServiceProvider.GetRequiredService<PampsDbContext>(), clock.GetUtcNow(), stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogFailed(logger, exception);
            }
        }
    }

    [LoggerMessage(2201, LogLevel.Warning, "Deleted posts could not be purged; tried again in a minute")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
