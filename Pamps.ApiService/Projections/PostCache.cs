using Pamps.ApiService.Data;

namespace Pamps.ApiService.Projections;

/// <summary>Posts ready to be sent, in the memory of this process; see <see cref="CopyTrust"/> for how stale they can be.</summary>
internal sealed class PostCache(CopyTrust trust, TimeProvider clock) : IDisposable
{
    private const int Capacity = 50_000;

    private readonly CopyStore<PostBody> _bodies = new(Capacity);

    // Many requests that miss the same posts wait for one of them, instead of all asking the database.
    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    /// <summary>The post if memory holds it and may be trusted.</summary>
    public PostBody? Find(long id) => _bodies.Find(id) is { } body && trust.Allows(body.ReadAt) ? body : null;

    /// <summary>Posts in the order of the ids; null where there is none.</summary>
    public async ValueTask<PostBody?[]> ReadAsync(PampsDbContext db, IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        var bodies = new PostBody?[ids.Count];
        if (FindAll(ids, bodies))
        {
            return bodies;
        }

        var gate = _gates[(int)((ulong)ids[0] % (ulong)_gates.Length)];
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (!FindAll(ids, bodies))
            {
                await LoadAsync(db, ids, bodies, cancellationToken);
            }
        }
        finally
        {
            gate.Release();
        }

        return bodies;
    }

    /// <summary>The post, or null.</summary>
    public async ValueTask<PostBody?> ReadAsync(PampsDbContext db, long id, CancellationToken cancellationToken) =>
        Find(id) ?? (await ReadAsync(db, [id], cancellationToken))[0];

    public void Drop(long id) => _bodies.Drop(id);

    public void Clear() => _bodies.Clear();

    public void Dispose() => Array.ForEach(_gates, gate => gate.Dispose());

    private bool FindAll(IReadOnlyList<long> ids, PostBody?[] bodies)
    {
        var complete = true;
        for (var index = 0; index < bodies.Length; index++)
        {
            bodies[index] = Find(ids[index]);
            complete &= bodies[index] is not null;
        }

        return complete;
    }

    private async Task LoadAsync(PampsDbContext db, IReadOnlyList<long> ids, PostBody?[] bodies, CancellationToken cancellationToken)
    {
        var readAt = clock.GetTimestamp();
        var missing = new Dictionary<long, long>();
        for (var index = 0; index < bodies.Length; index++)
        {
            if (bodies[index] is null)
            {
                missing[ids[index]] = _bodies.StampOf(ids[index]);
            }
        }

        var loaded = new Dictionary<long, PostBody>();
        foreach (var body in await PostProjection.LoadAsync(db, [.. missing.Keys], readAt, cancellationToken))
        {
            _bodies.Put(body.Id, body, missing[body.Id]);
            loaded[body.Id] = body;
        }

        for (var index = 0; index < bodies.Length; index++)
        {
            bodies[index] ??= loaded.GetValueOrDefault(ids[index]);
        }
    }
}
