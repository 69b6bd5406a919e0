using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Pamps.ApiService.Data;
using Pamps.ApiService.Outbox;

namespace Pamps.ApiService.Features.Feeds;

/// <summary>Removes the feeds of accounts that are deleted or not seen for days. Without a feed nothing is delivered to them; they get one back on return.</summary>
internal sealed partial class PruneFeeds(
    IServiceScopeFactory scopes, FeedStore store, IOptions<FeedOptions> options, TimeProvider clock, ILogger<PruneFeeds> logger) : BackgroundService
{
    private const int Batch = 1_000;

    /// <summary>Prunes now; the number of feeds removed.</summary>
    public async Task<int> PruneAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PampsDbContext>();
        var seenAfter = clock.GetUtcNow() - options.Value.PruneAfter;
        var removed = 0;
        foreach (var batch in store.List().Chunk(Batch))
        {
            var keep = await db.Accounts
                .Where(account => batch.Contains(account.Id) && account.DeletedAt == null && account.LastSeenAt > seenAfter)
                .Select(account => account.Id).ToHashSetAsync(cancellationToken);
            long[] gone = [.. batch.Where(accountId => !keep.Contains(accountId))];
            if (gone.Length > 0)
            {
                await store.DeleteAsync(gone);
                removed += gone.Length;
            }
        }

        return removed;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.PruneInterval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                LogPruned(logger, await PruneAsync(stoppingToken));
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogFailed(logger, exception is OutboxPostponedException ? null : exception);
            }
        }
    }

    [LoggerMessage(2311, LogLevel.Information, "Removed {Count} home feeds of accounts not seen for days")]
    private static partial void LogPruned(ILogger logger, int count);

    [LoggerMessage(2312, LogLevel.Warning, "Home feeds could not be pruned; tried again later")]
    private static partial void LogFailed(ILogger logger, Exception? exception);
}
