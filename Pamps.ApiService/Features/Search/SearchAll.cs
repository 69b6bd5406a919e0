using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Search;

internal static class SearchAll
{
    /// <summary>
    /// Searches posts, accounts or tags, the best first. Posts: words in Portuguese and English whatever their form and
    /// accents, "exact phrases", -without, author:name, tag:name, before:day, after:day, lang:code.
    /// </summary>
    /// <param name="q">What to look for, at most 500 characters; not empty.</param>
    /// <param name="type"><c>posts</c> (default), <c>accounts</c> or <c>tags</c>.</param>
    /// <param name="author">Only posts of this account.</param>
    /// <param name="tag">Only posts with this hashtag.</param>
    /// <param name="since">Only posts of this day or later, RFC 3339.</param>
    /// <param name="until">Only posts before this day, RFC 3339.</param>
    /// <param name="lang">Only posts in this language, as their authors stated it.</param>
    /// <param name="limit">How many, 1 to 40; other numbers are clamped. Default 20.</param>
    /// <param name="cursor">The <c>nextCursor</c> of a former answer to the same search.</param>
    /// <param name="db">The database.</param>
    /// <param name="posts">Makes answers of posts.</param>
    /// <param name="user">The caller.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="context">The request.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public static async Task<Results<Ok<SearchResponse>, ProblemHttpResult>> HandleAsync(
        [FromQuery] string? q,
        [FromQuery] string? type,
        [FromQuery] string? author,
        [FromQuery] string? tag,
        [FromQuery] string? since,
        [FromQuery] string? until,
        [FromQuery] string? lang,
        [FromQuery] PageSize? limit,
        [FromQuery] string? cursor,
        PampsDbContext db,
        PostProjection posts,
        CurrentUser user,
        TimeProvider clock,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        if (!SearchQuery.TryParse(q ?? "", out var query, out var problem))
        {
            return Problems.Invalid("q", problem);
        }

        query.Author = author?.ToLowerInvariant() ?? query.Author;
        query.Tag = tag?.TrimStart('#').ToLowerInvariant() ?? query.Tag;
        query.Lang = lang ?? query.Lang;
        if (since is not null)
        {
            if (!SearchQuery.TryReadInstant(since, out var after))
            {
                return Problems.Invalid("since", "Must be a day or an instant, such as 2026-01-31.");
            }

            query.After = after;
        }

        if (until is not null)
        {
            if (!SearchQuery.TryReadInstant(until, out var before))
            {
                return Problems.Invalid("until", "Must be a day or an instant, such as 2026-01-31.");
            }

            query.Before = before;
        }

        if (query.IsEmpty || string.IsNullOrWhiteSpace(q))
        {
            return Problems.Invalid("q", "Must say what to look for.");
        }

        var size = limit?.Items ?? PageLimits.Default;
        if (type is not (null or "posts" or "accounts" or "tags"))
        {
            return Problems.Invalid("type", "Must be posts, accounts or tags.");
        }

        if (!SearchPlace.TryRead(cursor, type ?? "posts", out var place))
        {
            return Problems.InvalidCursor();
        }

        var now = clock.GetUtcNow();
        var answer = type switch
        {
            "accounts" => await SearchAccounts.FindAsync(db, q.Trim().TrimStart('@'), user.ReaderId, place, size, cancellationToken),
            "tags" => await SearchTags.FindAsync(db, q.Trim().TrimStart('#').ToLowerInvariant(), user.ReaderId, now, place, size, cancellationToken),
            _ => await SearchPosts.FindAsync(db, posts, query, user.ReaderId, now, place, size, cancellationToken),
        };
        PageLinks.Write(context, answer.NextCursor, prev: null);
        return TypedResults.Ok(answer);
    }
}
