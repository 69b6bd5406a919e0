using System.Collections.Concurrent;

namespace Pamps.ApiService.Features.Billing;

/// <summary>The imports whose counts this replica has moved and not yet told of.</summary>
internal sealed class ImportProgress
{
    private readonly ConcurrentDictionary<long, byte> _moved = [];

    public WorkSignal Signal { get; } = new();

    /// <summary>To be called after the commit that moved them.</summary>
    public void Moved(long importId)
    {
        _moved[importId] = 0;
        Signal.Set();
    }

    /// <summary>The imports that were moved since the last call.</summary>
    public IReadOnlyList<long> Take() => [.. _moved.Keys.Where(id => _moved.TryRemove(id, out _))];
}
