using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Data;

namespace Pamps.ApiService.Features.Comments;

/// <summary>
/// Ends deleted comments for good once they can no longer be restored, as it is with posts: text, history and what a guest
/// told of themselves go, the row stays as a placeholder. Every replica does it; doing it twice changes nothing.
/// </summary>
internal sealed partial class PurgeDeletedComments(IServiceScopeFactory scopes, TimeProvider clock, ILogger<PurgeDeletedComments> logger) : BackgroundService
{
    /// <summary>How long the author may change their mind.</summary>
    public static readonly TimeSpan RestoreTime = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>Purges what is due; the number of comments.</summary>
    public static async Task<int> PurgeAsync(PampsDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // A minute more than the author has, so that a restore that began in time is not cut off.
        var before = now - RestoreTime - Interval;
        var due = await db.Comments.Where(comment => comment.DeletedAt != null && comment.DeletedAt < before && comment.Text != "")
            .OrderBy(comment => comment.DeletedAt).Select(comment => comment.Id).Take(1_000).ToListAsync(cancellationToken);
        if (due.Count == 0)
        {
            return 0;
        }

        await db.CommentRevisions.Where(revision => due.Contains(revision.CommentId)).ExecuteDeleteAsync(cancellationToken);
        return await db.Comments.Where(comment => due.Contains(comment.Id) && comment.DeletedAt != null).ExecuteUpdateAsync(
            set => set
                .SetProperty(comment => comment.Text, "")
                .SetProperty(comment => comment.AuthorName, (string?)null)
                .SetProperty(comment => comment.AuthorEmail, (string?)null),
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

    [LoggerMessage(2202, LogLevel.Warning, "Deleted comments could not be purged; tried again in a minute")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
