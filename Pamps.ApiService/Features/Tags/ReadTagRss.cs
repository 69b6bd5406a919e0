using Microsoft.AspNetCore.Http.HttpResults;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Tags;

internal static class ReadTagRss
{
    /// <summary>The newest 20 posts and replies that carry a hashtag as RSS 2.0; 304 while nothing changed.</summary>
    /// <param name="tag">The hashtag, with or without <c>#</c>.</param>
    /// <param name="db">The database.</param>
    /// <param name="http">The request.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public static async Task<Results<FileContentHttpResult, ProblemHttpResult>> HandleAsync(
        string tag, PampsDbContext db, HttpContext http, CancellationToken cancellationToken)
    {
        if (!ReadTagFeed.TryFold(tag, out var name) || name.Any(char.IsControl))
        {
            return Problems.Invalid("tag", "Must be valid Unicode.");
        }

        var posts = db.Posts.VisibleTo(db, readerId: null).Where(post => post.PostTags.Any(postTag => postTag.Tag.Name == name));
        return await PostRss.AnswerAsync(posts, $"Posts with #{name}", http, cancellationToken);
    }
}
