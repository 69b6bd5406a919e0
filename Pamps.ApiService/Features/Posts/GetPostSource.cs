using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Posts;

internal static class GetPostSource
{
    /// <summary>Reads the text of one's post for editing; its <c>ETag</c> is what <c>If-Match</c> of the edit takes.</summary>
    public static async Task<Results<Ok<PostSourceResponse>, ProblemHttpResult>> HandleAsync(
        long postId, PampsDbContext db, CurrentUser user, HttpContext context, CancellationToken cancellationToken)
    {
        var author = user.RequiredId;
        var post = await db.Posts.AsNoTracking().VisibleTo(db, author)
            .SingleOrDefaultAsync(post => post.Id == postId && post.AuthorId == author, cancellationToken);
        if (post is null)
        {
            return Problems.NotFound();
        }

        context.Response.Headers.ETag = EditTag(post.Version);
        return TypedResults.Ok(new PostSourceResponse(WireId.Format(post.Id), post.Text, post.Title, post.Lang, post.Version));
    }

    /// <summary>Strong, because <c>If-Match</c> compares strongly (RFC 9110 §13.1.1); likes do not change it.</summary>
    public static string EditTag(int version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
}
