using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Feeds;

/// <summary>
/// Reads home feeds: ids from Redis where it claims to be complete, own posts and those of authors that are not fanned out
/// merged in, the database for all the rest; everything filtered by what the reader may see and whom it follows now. A
/// page that filters have emptied is filled from what follows, so a short page means the end or, after
/// <see cref="RoundsMax"/> rounds, a cursor that goes on where the search stopped.
/// </summary>
internal sealed class HomeFeed(
    ReaderCache readers, PostCache posts, FeedStore store, RebuildQueue rebuilds, IOptions<FeedOptions> options, CopyTrust trust, TimeProvider clock)
{
    public const string List = "home";

    private const int RoundsMax = 12;

    private static readonly TimeSpan SeenInterval = TimeSpan.FromHours(1);

    /// <summary>The first page as memory holds it, or null.</summary>
    public PostPage? FindFirstPage(long readerId, int limit)
    {
        if (readers.Find(readerId) is not { } reader || reader.Home is not { } home || home.Limit != limit ||
            !trust.Allows(home.ReadAt) || home.Until <= clock.GetUtcNow() || clock.GetUtcNow() - reader.SeenAt > SeenInterval)
        {
            return null;
        }

        var bodies = new PostBody[home.Ids.Length];
        for (var index = 0; index < bodies.Length; index++)
        {
            if (posts.Find(home.Ids[index]) is not { State: PostState.Visible } body)
            {
                return null;
            }

            bodies[index] = body;
        }

        var flags = new PostFlags[bodies.Length];
        return reader.TryGetFlags(bodies, flags) ? new PostPage(bodies, flags, home.Next, home.Prev) : null;
    }

    /// <summary>The first page; of many who ask at once for the same reader, one computes it.</summary>
    public async Task<PostPage> ReadFirstPageAsync(PampsDbContext db, long readerId, int limit, CancellationToken cancellationToken)
    {
        var reader = await readers.ReadAsync(db, readerId, cancellationToken);
        await reader.HomeGate.WaitAsync(cancellationToken);
        try
        {
            if (FindFirstPage(readerId, limit) is { } computed)
            {
                return computed;
            }

            var readAt = clock.GetTimestamp();
            var stamp = reader.HomeStamp;
            var (bodies, next, prev) = await ComputeAsync(db, reader, new PageWindow(List, null, null, Upward: false, limit), cancellationToken);
            reader.PutHome(
                new HomePage(limit, [.. bodies.Select(body => body.Id)], next, prev, reader.NextMuteEnd(clock.GetUtcNow()), readAt), stamp);
            await NoteSeenAsync(db, reader, cancellationToken);
            return new PostPage(bodies, await ReaderCache.FlagsAsync(db, reader, bodies, cancellationToken), next, prev);
        }
        finally
        {
            reader.HomeGate.Release();
        }
    }

    /// <summary>A page further down as memory holds it, or null.</summary>
    public PostPage? FindPage(long readerId, PageWindow window)
    {
        if (window.Upward || window.Below is not { } below || readers.Find(readerId) is not { } reader ||
            reader.Slice is not { } slice || !trust.Allows(slice.ReadAt) || !slice.Tells(below))
        {
            return null;
        }

        var above = window.Above ?? 0;
        var (ids, covered) = slice.Take(below, above, int.MaxValue);
        var now = clock.GetUtcNow();
        var found = new List<PostBody>(window.Size + 1);
        for (var index = 0; index < ids.Count && found.Count <= window.Size; index++)
        {
            if (posts.Find(ids[index]) is not { } body)
            {
                return null;
            }

            if (Visibility.IsHome(body, reader, now))
            {
                found.Add(body);
            }
        }

        var flags = new PostFlags[Math.Min(found.Count, window.Size)];
        if (found.Count <= window.Size && covered > above)
        {
            return null;
        }

        var (next, prev) = Finish(found, window, covered + 1, ended: true);
        return reader.TryGetFlags(found, flags) ? new PostPage(found, flags, next, prev) : null;
    }

    /// <summary>Any page.</summary>
    public async Task<PostPage> ReadAsync(PampsDbContext db, long readerId, PageWindow window, CancellationToken cancellationToken)
    {
        var reader = await readers.ReadAsync(db, readerId, cancellationToken);
        var (bodies, next, prev) = await ComputeAsync(db, reader, window, cancellationToken);
        return new PostPage(bodies, await ReaderCache.FlagsAsync(db, reader, bodies, cancellationToken), next, prev);
    }

    private async Task<(List<PostBody> Posts, string? Next, string? Prev)> ComputeAsync(
        PampsDbContext db, Reader reader, PageWindow window, CancellationToken cancellationToken)
    {
        var below = window.Below ?? long.MaxValue;
        var above = window.Above ?? 0;
        var found = new List<PostBody>(window.Size + 1);
        long reached;
        bool ended;
        if (window.Upward)
        {
            (reached, ended) = await UpAsync(db, reader, below, above, window.Size + 1, found, cancellationToken);
        }
        else
        {
            (reached, ended) = await DownAsync(db, reader, below, above, window.Size + 1, found, cancellationToken);
        }

        var (next, prev) = Finish(found, window, reached, ended);
        return (found, next, prev);
    }

    /// <summary>Cuts what is more than a page, puts it newest first, and says how to go on in both directions.</summary>
    private static (string? Next, string? Prev) Finish(List<PostBody> found, PageWindow window, long reached, bool ended)
    {
        var more = found.Count > window.Size;
        if (more)
        {
            found.RemoveRange(window.Size, found.Count - window.Size);
        }

        if (window.Upward)
        {
            found.Reverse();

            // Above a page that found nothing within its bound, the search goes on from where it stopped.
            var higher = found.Count > 0 ? found[0].Id : ended ? (long?)null : reached;
            var lower = found.Count > 0 ? found[^1].Id : window.Above is > 0 and var above ? above + 1 : (long?)null;
            return (Cursor(lower, PageDirection.Next), Cursor(higher, PageDirection.Prev));
        }

        var next = more ? found[^1].Id : ended ? (long?)null : reached;
        return (Cursor(next, PageDirection.Next), Cursor(found.Count > 0 ? found[0].Id : null, PageDirection.Prev));

        static string? Cursor(long? key, PageDirection direction) => key is { } id ? PageCursor.For(List, id, direction) : null;
    }

    /// <summary>Collects newest first. Returns the bound below which nothing was looked at, and whether there is nothing left.</summary>
    private async Task<(long Reached, bool Ended)> DownAsync(
        PampsDbContext db, Reader reader, long below, long above, int count, List<PostBody> found, CancellationToken cancellationToken)
    {
        var inRedis = options.Value.UseRedis && reader.Followees.Length <= options.Value.FolloweesMax;
        for (var round = 0; round < RoundsMax; round++)
        {
            var wanted = count - found.Count + (round == 0 ? 0 : count);
            IReadOnlyList<long> candidates;
            long covered;
            if (below == long.MaxValue)
            {
                (candidates, covered, inRedis) = await CandidatesAsync(db, reader, below, above, wanted, inRedis, cancellationToken);
            }
            else
            {
                if (reader.Slice is not { } slice || !trust.Allows(slice.ReadAt) || !slice.Tells(below))
                {
                    (slice, inRedis) = await ReadAheadAsync(db, reader, below, wanted, inRedis, cancellationToken);
                }

                (candidates, covered) = slice.Take(below, above, wanted);
            }

            await KeepAsync(db, reader, candidates, found, cancellationToken);
            below = covered + 1;
            if (covered <= above || found.Count >= count)
            {
                return (below, covered <= above);
            }
        }

        return (below, false);
    }

    private async Task<(HomeSlice Slice, bool InRedis)> ReadAheadAsync(
        PampsDbContext db, Reader reader, long below, int wanted, bool inRedis, CancellationToken cancellationToken)
    {
        var readAt = clock.GetTimestamp();
        var stamp = reader.HomeStamp;
        var (candidates, covered, stillInRedis) = await CandidatesAsync(db, reader, below, 0, Math.Max(wanted, options.Value.ReadAhead), inRedis, cancellationToken);
        var slice = new HomeSlice(below, covered, [.. candidates], readAt);
        reader.PutSlice(slice, stamp);
        return (slice, stillInRedis);
    }

    /// <summary>The newest candidates between two bounds, the bound above which there are no others, and whether it is worth asking Redis further down.</summary>
    private async Task<(List<long> Candidates, long Covered, bool InRedis)> CandidatesAsync(
        PampsDbContext db, Reader reader, long below, long above, int wanted, bool inRedis, CancellationToken cancellationToken)
    {
        if (inRedis && await SliceAsync(reader, below, wanted, cancellationToken) is { } slice && below - 1 > slice.Floor)
        {
            var (merged, floor) = await MergeAsync(db, reader, slice, below, above, wanted, cancellationToken);
            return (merged, floor, true);
        }

        // Nothing is claimed down here, and less further down.
        var candidates = await HomeQuery.DownAsync(db, reader, below, above, wanted, cancellationToken);
        return (candidates, candidates.Count < wanted ? above : candidates[^1] - 1, false);
    }

    private async Task<(long Reached, bool Ended)> UpAsync(
        PampsDbContext db, Reader reader, long below, long above, int count, List<PostBody> found, CancellationToken cancellationToken)
    {
        for (var round = 0; round < RoundsMax; round++)
        {
            var wanted = count - found.Count + (round == 0 ? 0 : count);
            var candidates = await HomeQuery.UpAsync(db, reader, below, above, wanted, cancellationToken);
            await KeepAsync(db, reader, candidates, found, cancellationToken);
            if (candidates.Count < wanted)
            {
                return (above, true);
            }

            above = candidates[^1];
            if (found.Count >= count)
            {
                break;
            }
        }

        return (above, false);
    }

    /// <summary>A part of the set that may be believed; asks for a rebuild when there is none.</summary>
    private async ValueTask<FeedSlice?> SliceAsync(Reader reader, long below, int count, CancellationToken cancellationToken)
    {
        var slice = await store.ReadAsync(reader.Id, below, count, cancellationToken);

        // Another version: a follow or unfollow has not been merged yet, or this copy of the reader is older than the set.
        // An unfollow is filtered anyway, but a follow could be missing.
        if (slice is not null && slice.Version >= reader.FeedVersion)
        {
            return slice;
        }

        rebuilds.Ask(reader.Id);
        return null;
    }

    /// <summary>Merges ids from Redis with posts that are not fanned out; all candidates above the returned bound are in the list.</summary>
    private static async Task<(List<long> Candidates, long Covered)> MergeAsync(
        PampsDbContext db, Reader reader, FeedSlice slice, long below, long above, int wanted, CancellationToken cancellationToken)
    {
        var floor = Math.Max(slice.Floor, above);
        var others = await HomeQuery.OfAuthorsDownAsync(db, [.. reader.Pulled, reader.Id], below, floor, wanted, cancellationToken);
        var covered = Math.Max(
            Math.Max(slice.Ids.Length < wanted ? floor : slice.Ids[^1] - 1, floor),
            others.Count < wanted ? floor : others[^1] - 1);
        var candidates = slice.Ids.Concat(others).Where(id => id > covered).Distinct().OrderDescending().ToList();
        return (candidates, covered);
    }

    private async Task KeepAsync(PampsDbContext db, Reader reader, IReadOnlyList<long> candidates, List<PostBody> found, CancellationToken cancellationToken)
    {
        if (candidates.Count > 0)
        {
            var now = clock.GetUtcNow();
            found.AddRange((await posts.ReadAsync(db, candidates, cancellationToken))
                .OfType<PostBody>().Where(body => Visibility.IsHome(body, reader, now)));
        }
    }

    /// <summary>Feeds of accounts that are not seen for days leave Redis; once an hour is exact enough.</summary>
    private async Task NoteSeenAsync(PampsDbContext db, Reader reader, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (now - reader.SeenAt > SeenInterval)
        {
            reader.SeenAt = now;
            await db.Accounts.Where(account => account.Id == reader.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(account => account.LastSeenAt, now), cancellationToken);
        }
    }
}
