using Microsoft.AspNetCore.Http.HttpResults;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Feeds;

internal static class ReadPublicFeed
{
    private const string List = "public";
    private const int RoundsMax = 12;

    /// <summary>Reads the posts of everybody, without replies, the newest first; for a signed-in caller without those blocked or muted.</summary>
    public static async Task<Results<PostPage, ProblemHttpResult>> HandleAsync(
        [AsParameters] PageQuery page,
        PublicPosts list,
        PostCache posts,
        ReaderCache readers,
        CurrentUser user,
        TimeProvider clock,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        if (!page.TryResolve(List, out var window))
        {
            return Problems.InvalidCursor();
        }

        var reader = user.ReaderId is { } readerId
            ? readers.Find(readerId) ?? await readers.ReadAsync(Database(), readerId, cancellationToken)
            : null;
        var found = new List<PostBody>(window.Size + 1);
        var edge = window.Upward ? window.Above ?? 0 : window.Below ?? long.MaxValue;
        var ended = false;
        for (var round = 0; round < RoundsMax && !ended && found.Count <= window.Size; round++)
        {
            var wanted = window.Size + 1 - found.Count + (round == 0 ? 0 : window.Size);
            var (candidates, exhausted) = window.Upward
                ? await UpAsync(edge, wanted)
                : await DownAsync(edge, wanted);
            ended = exhausted;
            edge = candidates.Count > 0 ? candidates[^1] : edge;
            await KeepAsync(candidates);
        }

        var more = found.Count > window.Size;
        if (more)
        {
            found.RemoveRange(window.Size, found.Count - window.Size);
        }

        if (window.Upward)
        {
            found.Reverse();
        }

        var flags = new PostFlags[found.Count];
        if (reader is not null && !reader.TryGetFlags(found, flags))
        {
            flags = await ReaderCache.FlagsAsync(Database(), reader, found, cancellationToken);
        }

        var (next, prev) = Cursors(window, found, more, ended, edge);
        PageLinks.Write(context, next, prev);
        return new PostPage(found, flags, next, prev);

        // Only asked for when memory does not know: renting a context costs as much as the whole rest.
        PampsDbContext Database() => context.RequestServices.GetRequiredService<PampsDbContext>();

        async ValueTask<(IReadOnlyList<long>, bool)> DownAsync(long below, int wanted)
        {
            var above = window.Above ?? 0;
            var slice = list.Find() ?? await list.ReadAsync(Database(), cancellationToken);
            var ids = below - 1 > slice.Floor
                ? FromMemory(slice, below, wanted)
                : await PublicPosts.BelowAsync(Database(), below, wanted, cancellationToken);
            var inside = ids.Count > 0 && ids[^1] <= above ? [.. ids.Where(id => id > above)] : ids;
            var last = ids.Count < wanted && (below - 1 <= slice.Floor || slice.Floor == 0);
            return inside.Count == 0 && ids.Count == 0 && !last
                ? (await PublicPosts.BelowAsync(Database(), Math.Min(below, slice.Floor + 1), wanted, cancellationToken), false)
                : (inside, last || inside.Count < ids.Count);
        }

        async ValueTask<(IReadOnlyList<long>, bool)> UpAsync(long above, int wanted)
        {
            var ids = await PublicPosts.AboveAsync(Database(), above, wanted, cancellationToken);
            List<long> inside = [.. ids.Where(id => window.Below is not { } below || id < below)];
            return (inside, ids.Count < wanted || inside.Count < ids.Count);
        }

        async ValueTask KeepAsync(IReadOnlyList<long> candidates)
        {
            if (candidates.Count > 0)
            {
                var now = clock.GetUtcNow();
                foreach (var id in candidates)
                {
                    var body = posts.Find(id);
                    if (body is null)
                    {
                        // One miss means that all of them are read at once; afterwards memory knows them.
                        await posts.ReadAsync(Database(), candidates, cancellationToken);
                        body = await posts.ReadAsync(Database(), id, cancellationToken);
                    }

                    if (body is not null && body.ParentId is null && Visibility.IsListed(body, reader, now))
                    {
                        found.Add(body);
                    }
                }
            }
        }
    }

    private static List<long> FromMemory(PublicSlice slice, long below, int wanted)
    {
        // Descending, so the search runs on the negated order.
        var place = below == long.MaxValue ? 0 : Array.BinarySearch(slice.Ids, below, Descending);
        place = place < 0 ? ~place : below == long.MaxValue ? 0 : place + 1;
        return [.. slice.Ids.AsSpan(place, Math.Min(wanted, slice.Ids.Length - place))];
    }

    private static readonly Comparer<long> Descending = Comparer<long>.Create((one, other) => other.CompareTo(one));

    private static (string? Next, string? Prev) Cursors(PageWindow window, List<PostBody> found, bool more, bool ended, long edge)
    {
        long? next, prev;
        if (window.Upward)
        {
            next = found.Count > 0 ? found[^1].Id : window.Above is > 0 and { } above ? above + 1 : null;
            prev = found.Count > 0 ? found[0].Id : ended ? null : edge;
        }
        else
        {
            next = more ? found[^1].Id : ended ? null : edge;
            prev = found.Count > 0 ? found[0].Id : null;
        }

        return (Cursor(next, PageDirection.Next), Cursor(prev, PageDirection.Prev));

        static string? Cursor(long? key, PageDirection direction) => key is { } id ? PageCursor.For(List, id, direction) : null;
    }
}
