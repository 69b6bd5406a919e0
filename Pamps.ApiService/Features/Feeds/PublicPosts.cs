using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Pamps.ApiService.Data;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Feeds;

/// <summary>
/// The ids of the newest posts that start a thread, in the memory of this process, newest first. It claims to be complete
/// above its floor. New posts are put in their places as they are announced; what is deleted or hidden stays and is filtered
/// when read. An announcement that comes while the list is being read from the database makes that reading void.
/// </summary>
internal sealed class PublicPosts(IOptions<FeedOptions> options, CopyTrust trust, TimeProvider clock) : IDisposable
{
    private readonly Lock _changing = new();
    private readonly SemaphoreSlim _loading = new(1);
    private volatile PublicSlice? _slice;
    private long _stamp;

    /// <summary>The list, from memory if that may be trusted.</summary>
    public async ValueTask<PublicSlice> ReadAsync(PampsDbContext db, CancellationToken cancellationToken)
    {
        if (Find() is { } known)
        {
            return known;
        }

        await _loading.WaitAsync(cancellationToken);
        try
        {
            return Find() ?? await LoadAsync(db, cancellationToken);
        }
        finally
        {
            _loading.Release();
        }
    }

    /// <summary>The list if memory holds it and may be trusted.</summary>
    public PublicSlice? Find() => _slice is { } slice && trust.Allows(slice.ReadAt) ? slice : null;

    public void Add(long postId)
    {
        lock (_changing)
        {
            _stamp++;
            if (_slice is not { } slice || postId <= slice.Floor)
            {
                return;
            }

            // Almost always the first place: ids grow.
            var place = 0;
            while (place < slice.Ids.Length && slice.Ids[place] > postId)
            {
                place++;
            }

            if (place == slice.Ids.Length || slice.Ids[place] != postId)
            {
                long[] ids = [.. slice.Ids.AsSpan(0, place), postId, .. slice.Ids.AsSpan(place)];
                var window = options.Value.PublicWindow;

                // A few more than the window, so that not every post moves the whole list.
                _slice = ids.Length > window + (window / 4)
                    ? slice with { Ids = ids[..window], Floor = ids[window] }
                    : slice with { Ids = ids };
            }
        }
    }

    public void Clear()
    {
        lock (_changing)
        {
            _stamp++;
            _slice = null;
        }
    }

    public void Dispose() => _loading.Dispose();

    private async Task<PublicSlice> LoadAsync(PampsDbContext db, CancellationToken cancellationToken)
    {
        long stamp;
        lock (_changing)
        {
            stamp = _stamp;
        }

        var readAt = clock.GetTimestamp();
        var window = options.Value.PublicWindow;
        var ids = await BelowAsync(db, long.MaxValue, window, cancellationToken);
        var slice = new PublicSlice([.. ids], ids.Count < window ? 0 : ids[^1] - 1, readAt);
        lock (_changing)
        {
            if (_stamp == stamp)
            {
                _slice = slice;
            }
        }

        return slice;
    }

    /// <summary>Candidates as the database knows them, newest first.</summary>
    public static Task<List<long>> BelowAsync(PampsDbContext db, long below, int count, CancellationToken cancellationToken) =>
        db.Posts.Where(post => post.ParentId == null && post.Published && post.DeletedAt == null && post.HiddenAt == null && post.Id < below)
            .OrderByDescending(post => post.Id).Select(post => post.Id).Take(count).ToListAsync(cancellationToken);

    /// <summary>Candidates as the database knows them, oldest first.</summary>
    public static Task<List<long>> AboveAsync(PampsDbContext db, long above, int count, CancellationToken cancellationToken) =>
        db.Posts.Where(post => post.ParentId == null && post.Published && post.DeletedAt == null && post.HiddenAt == null && post.Id > above)
            .OrderBy(post => post.Id).Select(post => post.Id).Take(count).ToListAsync(cancellationToken);
}

/// <summary>The newest public posts.</summary>
/// <param name="Ids">Newest first.</param>
/// <param name="Floor">The list is complete above it.</param>
/// <param name="ReadAt">Timestamp before it was read.</param>
internal sealed record PublicSlice(long[] Ids, long Floor, long ReadAt);
