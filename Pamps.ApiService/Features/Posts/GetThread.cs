using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Posts;

internal static class GetThread
{
    // Bounded, as in Mastodon, against threads built to cost: more for callers that can be held to account.
    private const int AnonymousAncestors = 40;
    private const int AnonymousDescendants = 60;
    private const int AnonymousDepth = 20;
    private const int SignedIn = 4_096;

    /// <summary>Reads a post with all it answers and what answers it, each reply below its parent. Deleted posts leave a placeholder where others hang on them.</summary>
    public static async Task<Results<Ok<ThreadResponse>, ProblemHttpResult>> HandleAsync(
        long postId,
        PampsDbContext db,
        PostCache cache,
        PostProjection posts,
        ReaderCache readers,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var reader = await readers.ReadAsync(db, user.ReaderId, cancellationToken);
        var post = await cache.ReadAsync(db, postId, cancellationToken);
        if (post is null || !(Visibility.CanRead(post, reader) || post.State is PostState.Gone))
        {
            return Problems.NotFound();
        }

        var ancestorIds = await AncestorsAsync(db, postId, reader is null ? AnonymousAncestors : SignedIn, cancellationToken);
        var nodes = await DescendantsAsync(db, postId, reader is null ? AnonymousDepth : PostLimits.DepthMax, (reader is null ? AnonymousDescendants : SignedIn) + 1, cancellationToken);
        var truncated = nodes.Count > (reader is null ? AnonymousDescendants : SignedIn);
        if (truncated)
        {
            nodes.RemoveAt(nodes.Count - 1);
        }

        var bodies = (await cache.ReadAsync(db, [.. ancestorIds, .. nodes.Select(node => node.Id)], cancellationToken))
            .OfType<PostBody>().ToDictionary(body => body.Id);
        var now = clock.GetUtcNow();
        var descendants = InReadingOrder(postId, nodes, bodies, body => Shows(body, reader, now));
        if (post.State is PostState.Gone && descendants.Count == 0)
        {
            return Problems.Gone();
        }

        // Above the post nothing is left out but what a block hides: the way up must not break.
        var ancestors = ancestorIds.Where(bodies.ContainsKey).Select(id => bodies[id])
            .Where(body => body.State is PostState.Gone || Visibility.CanRead(body, reader)).ToList();
        var all = await posts.ToResponsesAsync([.. ancestors, post, .. descendants], reader, cancellationToken);
        return TypedResults.Ok(new ThreadResponse(
            [.. all.Take(ancestors.Count)], all[ancestors.Count], [.. all.Skip(ancestors.Count + 1)], truncated));
    }

    private static bool? Shows(PostBody body, Reader? reader, DateTimeOffset now) =>
        body.State is PostState.Gone ? null : Visibility.IsListed(body, reader, now);

    /// <summary>From the first post of the thread down to the parent.</summary>
    private static async Task<List<long>> AncestorsAsync(PampsDbContext db, long postId, int max, CancellationToken cancellationToken) =>
        await db.Database.SqlQuery<long>(
            $"""
            with recursive up as (
                select parent_id as id, 1 as step from posts where id = {postId} and parent_id is not null
                union all
                select p.parent_id, up.step + 1 from up join posts p on p.id = up.id
                where p.parent_id is not null and up.step < {max}
            )
            select id as "Value" from up order by step desc
            """).ToListAsync(cancellationToken);

    /// <summary>Level by level, so that a bound cuts the deepest first.</summary>
    private static async Task<List<Node>> DescendantsAsync(PampsDbContext db, long postId, int depth, int max, CancellationToken cancellationToken) =>
        await db.Database.SqlQuery<Node>(
            $"""
            with recursive down as (
                select id, parent_id, 1 as level from posts where parent_id = {postId} and published
                union all
                select p.id, p.parent_id, down.level + 1 from down join posts p on p.parent_id = down.id
                where p.published and down.level < {depth}
            )
            select id as "Id", parent_id as "ParentId" from down order by level, id limit {max}
            """).ToListAsync(cancellationToken);

    /// <summary>Depth first, oldest first. What <paramref name="shows"/> denies is left out with all below; a tombstone (null) stays only above something.</summary>
    private static List<PostBody> InReadingOrder(long postId, List<Node> nodes, Dictionary<long, PostBody> bodies, Func<PostBody, bool?> shows)
    {
        var children = nodes.ToLookup(node => node.ParentId, node => node.Id);
        var result = new List<PostBody>();
        Walk(postId);
        return result;

        void Walk(long parentId)
        {
            foreach (var id in children[parentId])
            {
                if (!bodies.TryGetValue(id, out var body) || shows(body) is false)
                {
                    continue;
                }

                result.Add(body);
                var place = result.Count;
                Walk(id);
                if (shows(body) is null && result.Count == place)
                {
                    result.RemoveAt(place - 1);
                }
            }
        }
    }

    private sealed record Node(long Id, long ParentId);
}
