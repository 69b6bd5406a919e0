using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Search;

/// <summary>
/// Finds posts by PostgreSQL's full-text search. A text is indexed twice in one column (see the migration Search), and so the
/// query is asked twice: the Portuguese stemmer finds other forms of a word, the plain configuration finds it without accents.
/// </summary>
internal static class SearchPosts
{
    public static async Task<SearchResponse> FindAsync(
        PampsDbContext db, PostProjection posts, SearchQuery query, long? readerId, DateTimeOffset now, SearchPlace place, int size, CancellationToken cancellationToken)
    {
        var listed = Filter(db.Posts.ListedFor(db, readerId, now), query);

        var found = query.Text.Length == 0
            ? await ByFiltersAsync(listed, place, size, cancellationToken)
            : await ByWordsAsync(db, listed, query.Text, place, size, cancellationToken);
        var next = found.Count > size ? new SearchPlace(found[size - 1].Rank, found[size - 1].Id).ToCursor("posts") : null;
        return new SearchResponse(
            "posts", await posts.ReadAsync([.. found.Take(size).Select(hit => hit.Id)], readerId, cancellationToken), [], [], next);
    }

    private static Task<List<SearchHit>> ByWordsAsync(
        PampsDbContext db, IQueryable<Post> listed, string text, SearchPlace place, int size, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<SearchHit>(
            $"""
            select p.id as "Id", ts_rank(p.search, s.query)::float8 as "Rank" from posts p,
                (select websearch_to_tsquery('portuguese', {text}) || websearch_to_tsquery('pamps_plain', {text}) as query) s
            where p.search @@ s.query
            """)
            .Where(hit => listed.Any(post => post.Id == hit.Id))
            .Where(hit => hit.Rank < place.Rank || (hit.Rank == place.Rank && hit.Id < place.Id))
            .OrderByDescending(hit => hit.Rank).ThenByDescending(hit => hit.Id).Take(size + 1).ToListAsync(cancellationToken);

    /// <summary>Without words all are equally good, and the newest come first.</summary>
    private static async Task<List<SearchHit>> ByFiltersAsync(IQueryable<Post> listed, SearchPlace place, int size, CancellationToken cancellationToken) =>
        (await listed.Where(post => post.Id < place.Id).OrderByDescending(post => post.Id).Select(post => post.Id).Take(size + 1).ToListAsync(cancellationToken))
            .ConvertAll(id => new SearchHit(id, 0));

    private static IQueryable<Post> Filter(IQueryable<Post> posts, SearchQuery query)
    {
        if (query.Author is { } author)
        {
            posts = posts.Where(post => post.Author.Username == author);
        }

        if (query.Tag is { } tag)
        {
            posts = posts.Where(post => post.PostTags.Any(postTag => postTag.Tag.Name == tag));
        }

        if (query.Before is { } before)
        {
            posts = posts.Where(post => post.CreatedAt < before);
        }

        if (query.After is { } after)
        {
            posts = posts.Where(post => post.CreatedAt >= after);
        }

        if (query.Lang is { } lang)
        {
            // pt finds pt-BR too.
            var region = LikePattern.Escape(lang) + "-%";
            posts = posts.Where(post => EF.Functions.ILike(post.Lang!, LikePattern.Escape(lang)) || EF.Functions.ILike(post.Lang!, region));
        }

        foreach (var phrase in query.Phrases)
        {
            // The index found the words in this order in any of their forms; "exact" means the letters.
            var pattern = $"%{LikePattern.Escape(phrase)}%";
            posts = posts.Where(post => EF.Functions.ILike(post.Text, pattern) || (post.Title != null && EF.Functions.ILike(post.Title, pattern)));
        }

        return posts;
    }
}
