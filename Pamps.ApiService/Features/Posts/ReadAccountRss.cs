using Microsoft.AspNetCore.Http.HttpResults;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Posts;

internal static class ReadAccountRss
{
    /// <summary>The newest 20 posts of an account, without replies, as RSS 2.0; 304 while nothing changed.</summary>
    /// <param name="username">The account.</param>
    /// <param name="db">The database.</param>
    /// <param name="http">The request.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public static async Task<Results<FileContentHttpResult, ProblemHttpResult>> HandleAsync(
        string username, PampsDbContext db, HttpContext http, CancellationToken cancellationToken)
    {
        // The same for everybody, signed in or not: readers of feeds and the caches between share one answer.
        if (await AccountProjection.FindIdAsync(db, username, null, cancellationToken) is not { } accountId)
        {
            return Problems.NotFound();
        }

        var posts = db.Posts.VisibleTo(db, readerId: null).Where(post => post.AuthorId == accountId && post.ParentId == null);
        return await PostRss.AnswerAsync(posts, $"Posts of {username.ToLowerInvariant()}", http, cancellationToken);
    }
}
