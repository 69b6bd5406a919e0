using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Pamps.Web.ApiClient;

namespace Pamps.Web.Actions;

/// <summary>Likes a post, or no longer.</summary>
internal static class LikePost
{
    /// <summary>Sets the like to <paramref name="on"/>; a script gets the new count.</summary>
    public static async Task<IResult> HandleAsync(
        long postId, [FromForm] bool on, [FromForm] string? returnUrl, PostsClient posts, ActionAnswer answer, CancellationToken cancellationToken)
    {
        var id = postId.ToString(CultureInfo.InvariantCulture);
        var liked = await posts.LikeAsync(id, on, cancellationToken);
        return liked.Succeeded
            ? answer.Done(returnUrl, $"post-{id}", liked.Value.LikeCount.ToString(CultureInfo.InvariantCulture))
            : await answer.FailedAsync(liked.Problem);
    }
}
