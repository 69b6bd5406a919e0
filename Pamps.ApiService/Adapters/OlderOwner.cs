using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Data;

namespace Pamps.ApiService.Adapters;

/// <summary>
/// Looks up the owner before a use case does: the older APIs tell "not yours" (403) from "not there" (404), where ours
/// says 404 to both.
/// </summary>
internal static class OlderOwner
{
    /// <summary>The refusal, or null for the author of a post that exists in that API.</summary>
    public static async Task<JsonHttpResult<OlderDetail>?> RefuseAsync(
        IQueryable<Post> posts, Int128 id, CurrentUser user, string notFound, string notYours, CancellationToken cancellationToken)
    {
        var author = OlderId.TryRead(id, out var postId)
            ? await posts.Where(post => post.Id == postId).Select(post => (long?)post.AuthorId).SingleOrDefaultAsync(cancellationToken)
            : null;
        return author is null ? Older.Detail(StatusCodes.Status404NotFound, notFound)
            : author != user.RequiredId ? Older.Detail(StatusCodes.Status403Forbidden, notYours)
            : null;
    }
}
