using System.Collections.Concurrent;

namespace Pamps.ApiService.Outbox;

/// <summary>Wakes the dispatcher of this process when messages were committed here, and remembers which those were.</summary>
internal sealed class OutboxSignal : IDisposable
{
    private readonly SemaphoreSlim _raised = new(0, 1);

    // Messages that other processes took from us are never asked for; the bound keeps them from piling up. Forgetting
    // one only means that its event is announced twice.
    private readonly ConcurrentDictionary<long, byte> _announced = [];

    public void Announced(long messageId)
    {
        if (_announced.Count > 10_000)
        {
            _announced.Clear();
        }

        _announced[messageId] = 0;
    }

    /// <summary>Whether observers of this process heard of the message when it was committed; forgets the answer.</summary>
    public bool WasAnnounced(long messageId) => _announced.TryRemove(messageId, out _);

    public void Raise()
    {
        // Two racing raises may both see zero; the second release then overflows, which means what we wanted.
        if (_raised.CurrentCount == 0)
        {
            try
            {
                _raised.Release();
            }
            catch (SemaphoreFullException)
            {
                return;
            }
        }
    }

    /// <summary>Returns when raised since the last return, or when the time is over.</summary>
    public async Task WaitAsync(TimeSpan timeout, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _raised.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return;
        }
    }

    public void Dispose() => _raised.Dispose();
}
