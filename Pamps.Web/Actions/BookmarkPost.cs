using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Pamps.Web.ApiClient;

namespace Pamps.Web.Actions;

/// <summary>Bookmarks a post, or no longer.</summary>
internal static class BookmarkPost
{
    /// <summary>Sets the bookmark to <paramref name="on"/>.</summary>
    public static async Task<IResult> HandleAsync(
        long postId, [FromForm] bool on, [FromForm] string? returnUrl, PostsClient posts, ActionAnswer answer, CancellationToken cancellationToken)
    {
        var id = postId.ToString(CultureInfo.InvariantCulture);
        var marked = await posts.BookmarkAsync(id, on, cancellationToken);
        return marked.Succeeded ? answer.Done(returnUrl, $"post-{id}") : await answer.FailedAsync(marked.Problem);
    }
}
