using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Pamps.ApiService.Data;
using Pamps.ApiService.Outbox;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Feeds;

/// <summary>
/// Rebuilds home feeds that readers found missing or stale, one after the other, beside the requests: those are answered from
/// the database meanwhile. The queue is bounded and forgets: who reads again asks again.
/// </summary>
internal sealed partial class RebuildQueue(IServiceScopeFactory scopes, FeedStore store, IOptions<FeedOptions> options, ILogger<RebuildQueue> logger)
    : BackgroundService
{
    private const int Capacity = 2_000;

    private readonly Channel<long> _queue = Channel.CreateBounded<long>(new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ConcurrentDictionary<long, byte> _waiting = [];

    /// <summary>Asks for a rebuild, without waiting.</summary>
    public void Ask(long accountId)
    {
        if (_waiting.TryAdd(accountId, 0) && !_queue.Writer.TryWrite(accountId))
        {
            _waiting.TryRemove(accountId, out _);
        }
    }

    /// <summary>Rebuilds one feed now; false when somebody else is at it or the account keeps none.</summary>
    public async Task<bool> RebuildAsync(PampsDbContext db, long accountId, CancellationToken cancellationToken)
    {
        if (!await db.Accounts.AnyAsync(account => account.Id == accountId && account.DeletedAt == null, cancellationToken))
        {
            await store.DeleteAsync([accountId]);
            return false;
        }

        if (await store.BeginRebuildAsync(accountId) is not { } token)
        {
            return false;
        }

        // Only now, with the set already receiving fan-out: a post is either committed before this read and found by it,
        // or fanned out after it. Whom the account follows is read with its version, and before the posts.
        var reader = await ReaderCache.ReadPastMemoryAsync(db, accountId, cancellationToken);
        if (reader.Followees.Length > options.Value.FolloweesMax)
        {
            await store.DeleteAsync([accountId]);
            return false;
        }

        var window = options.Value.Window;
        var ids = await HomeQuery.DownAsync(db, reader, long.MaxValue, 0, window, cancellationToken);
        await store.FinishRebuildAsync(accountId, token, reader.FeedVersion, ids.Count < window ? 0 : ids[^1], ids);
        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var accountId in _queue.Reader.ReadAllAsync(stoppingToken))
        {
            _waiting.TryRemove(accountId, out _);
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await RebuildAsync(scope.ServiceProvider.GetRequiredService<PampsDbContext>(), accountId, stoppingToken);
            }
            catch (OutboxPostponedException)
            {
                // Redis is away. The database answers until somebody asks again.
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogFailed(logger, exception, accountId);
            }
        }
    }

    [LoggerMessage(2301, LogLevel.Warning, "The home feed of account {AccountId} could not be rebuilt")]
    private static partial void LogFailed(ILogger logger, Exception exception, long accountId);
}
