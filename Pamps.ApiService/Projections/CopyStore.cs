using System.Collections.Concurrent;

namespace Pamps.ApiService.Projections;

/// <summary>A copy of something in the database, as of a moment.</summary>
internal abstract class Copy
{
    /// <summary>Timestamp before it was read.</summary>
    public long ReadAt { get; init; }

    /// <summary>Used since the last sweep.</summary>
    public bool Used { get; set; }
}

/// <summary>
/// A bounded number of copies by id. When there are too many, those not used since the last sweep go.
/// <para>
/// The race it is built around: somebody reads a row, the row changes and its copy is dropped, then the reader stores the
/// old state. So every id has a stamp (shared with some others), a drop advances the stamp before it removes, and a reader
/// takes the stamp before it reads and, having stored, removes its copy again when the stamp has moved.
/// </para>
/// </summary>
internal sealed class CopyStore<T>(int capacity)
    where T : Copy
{
    private const int Stamps = 4096;

    private readonly ConcurrentDictionary<long, T> _copies = new();
    private readonly long[] _stamps = new long[Stamps];
    private readonly Lock _sweeping = new();
    private int _count;

    public IEnumerable<T> All => _copies.Select(pair => pair.Value);

    public T? Find(long id)
    {
        if (_copies.TryGetValue(id, out var copy))
        {
            if (!copy.Used)
            {
                copy.Used = true;
            }

            return copy;
        }

        return null;
    }

    /// <summary>To be taken before the read whose result will be stored.</summary>
    public long StampOf(long id) => Volatile.Read(ref _stamps[Slot(id)]);

    /// <summary>Stores a copy unless it may be older than a drop.</summary>
    public void Put(long id, T copy, long stamp)
    {
        if (StampOf(id) != stamp)
        {
            return;
        }

        if (!_copies.ContainsKey(id) && Interlocked.Increment(ref _count) > capacity)
        {
            Sweep();
        }

        _copies[id] = copy;
        Interlocked.MemoryBarrier();
        if (StampOf(id) != stamp)
        {
            _copies.TryRemove(id, out _);
        }
    }

    public void Drop(long id)
    {
        Interlocked.Increment(ref _stamps[Slot(id)]);
        _copies.TryRemove(id, out _);
    }

    public void Clear()
    {
        for (var slot = 0; slot < Stamps; slot++)
        {
            Interlocked.Increment(ref _stamps[slot]);
        }

        _copies.Clear();
        Volatile.Write(ref _count, 0);
    }

    private static int Slot(long id) => (int)((ulong)id % Stamps);

    private void Sweep()
    {
        if (!_sweeping.TryEnter())
        {
            return;
        }

        try
        {
            // The count drifts with removals; here it is set right.
            var left = _copies.Count;
            foreach (var (id, copy) in _copies)
            {
                if (copy.Used && left <= capacity)
                {
                    copy.Used = false;
                }
                else if (left > capacity * 3 / 4)
                {
                    _copies.TryRemove(id, out _);
                    left--;
                }
            }

            Volatile.Write(ref _count, left);
        }
        finally
        {
            _sweeping.Exit();
        }
    }
}
