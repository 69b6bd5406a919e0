using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Pamps.ApiService.Data;

namespace Pamps.ApiService.Outbox;

/// <summary>
/// Carries out side effects.
/// <para>
/// What is kept where: a message is a row of <c>outbox_messages</c>, inserted in the transaction of its cause and deleted
/// once every handler of its event is done. Between the two, <c>available_at</c> says when it may be taken: a claim moves
/// it one lease ahead, a failure moves it one pause ahead. There is no other state; memory only holds what is in flight.
/// </para>
/// <para>
/// Who owns it: any number of processes claim with <c>SKIP LOCKED</c>, so a message has one owner until its lease ends. The
/// owner renews the leases of all it works on; when it dies they run out and another process takes over.
/// </para>
/// <para>
/// What may be lost: nothing. What is repeated: a handler whose process died, or whose lease was lost, before its end was
/// written down. <c>done_handlers</c> spares the other handlers of the same message. Long work saves a cursor per handler.
/// </para>
/// <para>
/// Order: by age when claimed, but several run at once and failures step back. Handlers may not rely on order.
/// After <see cref="OutboxOptions.MaxAttempts"/> failures a message is dead: kept, no longer tried, shown to administrators.
/// </para>
/// </summary>
internal sealed partial class OutboxDispatcher(
    IServiceScopeFactory scopes,
    IEnumerable<EventSubscription> subscriptions,
    IEnumerable<ICommitObserver> observers,
    OutboxSignal signal,
    IOptions<OutboxOptions> options,
    TimeProvider clock,
    IHostEnvironment environment,
    ILogger<OutboxDispatcher> logger) : BackgroundService
{
    private readonly ActivitySource _activities = new(environment.ApplicationName);
    private readonly ConcurrentDictionary<long, TaskCompletionSource> _running = [];
    private readonly ILookup<Type, EventSubscription> _subscriptions = subscriptions.ToLookup(subscription => subscription.EventType);
    private readonly ICommitObserver[] _observers = [.. observers];

    public override void Dispose()
    {
        _activities.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Enabled)
        {
            return;
        }

        var renewed = clock.GetTimestamp();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var claimed = await ClaimAsync(stoppingToken);
                foreach (var message in claimed)
                {
                    _running[message.Id] = new TaskCompletionSource();
                    _ = Task.Run(() => RunAsync(message, stoppingToken), CancellationToken.None);
                }

                if (clock.GetElapsedTime(renewed) > options.Value.Lease / 4)
                {
                    await RenewAsync(stoppingToken);
                    renewed = clock.GetTimestamp();
                }

                if (claimed.Count == 0 || _running.Count >= options.Value.Concurrency)
                {
                    await signal.WaitAsync(options.Value.PollInterval, clock, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception)
            {
                // The database is away, most likely. The loop has to outlive it: nobody else would carry on.
                LogLoopFailed(logger, exception);
                await signal.WaitAsync(options.Value.PollInterval, clock, stoppingToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await Task.WhenAll(_running.Values.Select(running => running.Task));
    }

    private async Task<List<OutboxMessage>> ClaimAsync(CancellationToken cancellationToken)
    {
        var free = options.Value.Concurrency - _running.Count;
        if (free <= 0)
        {
            return [];
        }

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PampsDbContext>();
        var now = clock.GetUtcNow();
        var until = now + options.Value.Lease;
        return await db.OutboxMessages.FromSql(
            $"""
            update outbox_messages m set available_at = {until}, attempts = m.attempts + 1
            from (
                select id from outbox_messages where dead_at is null and available_at <= {now}
                order by available_at, id limit {free} for update skip locked
            ) next
            where m.id = next.id
            returning m.*
            """).AsNoTracking().ToListAsync(cancellationToken);
    }

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        long[] ids = [.. _running.Keys];
        if (ids.Length > 0)
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<PampsDbContext>();
            var until = clock.GetUtcNow() + options.Value.Lease;
            await db.OutboxMessages.Where(message => ids.Contains(message.Id))
                .ExecuteUpdateAsync(set => set.SetProperty(message => message.AvailableAt, until), cancellationToken);
        }
    }

    private async Task RunAsync(OutboxMessage message, CancellationToken stoppingToken)
    {
        using var activity = _activities.StartActivity($"outbox {message.Type}", ActivityKind.Consumer, message.TraceParent);
        try
        {
            if (EventCatalog.Read(message.Type, message.Payload) is not { } e)
            {
                // A newer version wrote it. Older processes leave it alone until they are replaced.
                throw new InvalidOperationException($"No event is called {message.Type}.");
            }

            if (!signal.WasAnnounced(message.Id))
            {
                Array.ForEach(_observers, observer => observer.OnCommitted(e));
            }

            foreach (var subscription in _subscriptions[e.GetType()])
            {
                if (!message.DoneHandlers.Contains(subscription.Handler))
                {
                    await using var scope = scopes.CreateAsyncScope();
                    await subscription.InvokeAsync(scope.ServiceProvider, e, DeliveryOf(message, subscription.Handler), stoppingToken);
                    message.DoneHandlers = [.. message.DoneHandlers, subscription.Handler];
                }
            }

            await WithMessageAsync(message.Id, row => row.ExecuteDeleteAsync(CancellationToken.None));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await GiveBackAsync(message, TimeSpan.Zero);
        }
        catch (OutboxPostponedException)
        {
            await GiveBackAsync(message, options.Value.RetryAfter);
        }
        catch (Exception exception)
        {
            activity?.SetStatus(ActivityStatusCode.Error);
            await StepBackAsync(message, exception);
        }
        finally
        {
            _running.TryRemove(message.Id, out var running);
            running?.SetResult();
            signal.Raise();
        }
    }

    private OutboxDelivery DeliveryOf(OutboxMessage message, string handler)
    {
        var cursors = message.Cursor is null ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(message.Cursor)!;
        return new OutboxDelivery(message.Id, message.Attempts, cursors.GetValueOrDefault(handler), async (cursor, progress, _) =>
        {
            cursors[handler] = cursor;
            message.Cursor = JsonSerializer.Serialize(cursors);
            await WithMessageAsync(message.Id, row => row.ExecuteUpdateAsync(set => set
                .SetProperty(m => m.Cursor, message.Cursor)
                .SetProperty(m => m.Progress, progress)));
        });
    }

    /// <summary>Ends an attempt that does not count: the process stops, or what the handler needs is away.</summary>
    private async Task GiveBackAsync(OutboxMessage message, TimeSpan pause)
    {
        try
        {
            var now = clock.GetUtcNow() + pause;
            await WithMessageAsync(message.Id, row => row.ExecuteUpdateAsync(set => set
                .SetProperty(m => m.AvailableAt, now)
                .SetProperty(m => m.Attempts, m => m.Attempts - 1)
                .SetProperty(m => m.DoneHandlers, message.DoneHandlers)));
        }
        catch (Exception exception)
        {
            LogNotWritten(logger, exception, message.Id);
        }
    }

    private async Task StepBackAsync(OutboxMessage message, Exception exception)
    {
        var dead = message.Attempts >= options.Value.MaxAttempts;
        LogFailed(logger, exception, message.Id, message.Type, message.Attempts, dead);
        var now = clock.GetUtcNow();
        var pause = options.Value.RetryAfter * Math.Pow(2, Math.Min(message.Attempts - 1, 30));
        var again = now + (pause < options.Value.RetryAfterMax ? pause : options.Value.RetryAfterMax);

        // The type only: messages of exceptions may quote what people wrote.
        var error = $"{exception.GetType().Name} in {exception.TargetSite?.DeclaringType?.Name}";
        try
        {
            await WithMessageAsync(message.Id, row => row.ExecuteUpdateAsync(set => set
                .SetProperty(m => m.AvailableAt, again)
                .SetProperty(m => m.DoneHandlers, message.DoneHandlers)
                .SetProperty(m => m.Error, error)
                .SetProperty(m => m.DeadAt, dead ? now : null)));
        }
        catch (Exception inner)
        {
            // The lease will run out and the message be tried again.
            LogNotWritten(logger, inner, message.Id);
        }
    }

    private async Task WithMessageAsync(long id, Func<IQueryable<OutboxMessage>, Task<int>> change)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PampsDbContext>();
        await change(db.OutboxMessages.Where(message => message.Id == id));
    }

    [LoggerMessage(2001, LogLevel.Warning, "Outbox message {Id} ({Type}) failed in attempt {Attempt}; dead: {Dead}")]
    private static partial void LogFailed(ILogger logger, Exception exception, long id, string type, int attempt, bool dead);

    [LoggerMessage(2002, LogLevel.Warning, "The outbox could not be read")]
    private static partial void LogLoopFailed(ILogger logger, Exception exception);

    [LoggerMessage(2003, LogLevel.Warning, "The state of outbox message {Id} could not be written; its lease will run out")]
    private static partial void LogNotWritten(ILogger logger, Exception exception, long id);
}
