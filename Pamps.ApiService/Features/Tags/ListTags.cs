using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Tags;

internal static class ListTags
{
    /// <summary>Lists hashtags that begin with some letters, the most used first; one page, for completion while writing.</summary>
    /// <param name="q">The first letters, with or without <c>#</c>; all tags when absent.</param>
    /// <param name="limit">How many, 1 to 40; other numbers are clamped. Default 20.</param>
    /// <param name="db">The database.</param>
    /// <param name="user">The caller.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public static async Task<Results<Ok<Page<TagResponse>>, ProblemHttpResult>> HandleAsync(
        [FromQuery] string? q, [FromQuery] PageSize? limit, PampsDbContext db, CurrentUser user, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!ReadTagFeed.TryFold(q ?? "", out var start))
        {
            return Problems.Invalid("q", "Must be valid Unicode.");
        }

        var listed = db.Posts.ListedFor(db, user.ReaderId, clock.GetUtcNow());
        var rows = await db.Tags.Where(tag => tag.Name.StartsWith(start))
            .Select(tag => new { tag.Name, PostCount = db.PostTags.Count(postTag => postTag.TagId == tag.Id && listed.Any(post => post.Id == postTag.PostId)) })
            .Where(tag => tag.PostCount > 0)
            .OrderByDescending(tag => tag.PostCount).ThenBy(tag => tag.Name)
            .Take(limit?.Items ?? PageLimits.Default)
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(new Page<TagResponse>(rows.ConvertAll(row => new TagResponse(row.Name, row.PostCount)), NextCursor: null, PrevCursor: null));
    }
}
