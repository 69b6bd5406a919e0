using System.Data.Common;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Pamps.ApiService.Data;

namespace Pamps.ApiService.Outbox;

/// <summary>
/// Stamps new messages and, once they are committed, tells the observers and wakes the dispatcher. Within a transaction
/// that the caller opened this waits for its commit: before it, nobody else can see the change, and it may yet vanish.
/// </summary>
internal sealed class OutboxInterceptor(OutboxSignal signal, IEnumerable<ICommitObserver> observers, TimeProvider clock)
    : SaveChangesInterceptor, IDbTransactionInterceptor
{
    // Keyed by reference and weak: a context or a message that is dropped takes its entry along.
    private static readonly ConditionalWeakTable<OutboxMessage, IEvent> Unsaved = [];
    private static readonly ConditionalWeakTable<DbContext, List<(long Id, IEvent Event)>> Uncommitted = [];

    private readonly ICommitObserver[] _observers = [.. observers];

    /// <summary>Remembers the event of a message, so that observers need not parse it back.</summary>
    public static void Remember(OutboxMessage message, IEvent e) => Unsaved.Add(message, e);

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        foreach (var entry in eventData.Context!.ChangeTracker.Entries<OutboxMessage>())
        {
            if (entry.State is EntityState.Added)
            {
                entry.Entity.CreatedAt = entry.Entity.AvailableAt = clock.GetUtcNow();
                entry.Entity.TraceParent = Activity.Current?.Id;
            }
        }

        return ValueTask.FromResult(result);
    }

    public override ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        var context = eventData.Context!;
        List<(long Id, IEvent Event)>? events = null;
        foreach (var entry in context.ChangeTracker.Entries<OutboxMessage>())
        {
            if (Unsaved.TryGetValue(entry.Entity, out var e))
            {
                Unsaved.Remove(entry.Entity);
                (events ??= []).Add((entry.Entity.Id, e));
            }
        }

        if (events is not null)
        {
            if (context.Database.CurrentTransaction is null)
            {
                Announce(events);
            }
            else
            {
                Uncommitted.GetOrCreateValue(context).AddRange(events);
            }
        }

        return ValueTask.FromResult(result);
    }

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } context && Uncommitted.TryGetValue(context, out var events))
        {
            Uncommitted.Remove(context);
            Announce(events);
        }

        return Task.CompletedTask;
    }

    public Task TransactionRolledBackAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } context)
        {
            Uncommitted.Remove(context);
        }

        return Task.CompletedTask;
    }

    private void Announce(List<(long Id, IEvent Event)> events)
    {
        foreach (var (id, e) in events)
        {
            signal.Announced(id);
            foreach (var observer in _observers)
            {
                observer.OnCommitted(e);
            }
        }

        signal.Raise();
    }
}
