using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Tags;

internal static class ReadTagFeed
{
    /// <summary>Reads the posts and replies that carry a hashtag, whatever its case, the newest first; an unused tag is an empty list.</summary>
    public static async Task<Results<PostPage, ProblemHttpResult>> HandleAsync(
        string tag,
        [AsParameters] PageQuery page,
        PampsDbContext db,
        PostLists lists,
        CurrentUser user,
        TimeProvider clock,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        if (!page.TryResolve("tag", out var window))
        {
            return Problems.InvalidCursor();
        }

        if (!TryFold(tag, out var name))
        {
            return Problems.Invalid("tag", "Must be valid Unicode.");
        }

        var posts = db.Posts.Where(post => post.PostTags.Any(postTag => postTag.Tag.Name == name)).ListedFor(db, user.ReaderId, clock.GetUtcNow());
        return await lists.ReadAsync(posts, window, user.ReaderId, context, cancellationToken);
    }

    /// <summary>The spelling by which a tag is found; false for text that is no Unicode or that the database cannot hold.</summary>
    public static bool TryFold(string tag, out string name)
    {
        name = "";
        try
        {
            name = tag.TrimStart('#').Normalize(NormalizationForm.FormC).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return false;
        }

        return !name.Contains('\0', StringComparison.Ordinal);
    }
}
