using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Pamps.Web.ApiClient;

namespace Pamps.Web.Actions;

/// <summary>Undoes a deletion.</summary>
internal static class RestorePost
{
    /// <summary>Brings a post back while its author still may.</summary>
    public static async Task<IResult> HandleAsync(
        long postId, [FromForm] string? returnUrl, PostsClient posts, ActionAnswer answer, CancellationToken cancellationToken)
    {
        var id = postId.ToString(CultureInfo.InvariantCulture);
        var restored = await posts.RestoreAsync(id, cancellationToken);
        return restored.Succeeded ? answer.Done(returnUrl, $"post-{id}") : await answer.FailedAsync(restored.Problem);
    }
}
