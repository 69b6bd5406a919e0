using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Posts;

internal static class GetPostHistory
{
    private const string List = "post-history";

    /// <summary>Lists the former wordings of a post, the newest first.</summary>
    public static async Task<Results<Ok<Page<PostRevisionResponse>>, ProblemHttpResult>> HandleAsync(
        long postId, [AsParameters] PageQuery page, PampsDbContext db, CurrentUser user, HttpContext context, CancellationToken cancellationToken)
    {
        if (!page.TryResolve(List, out var window) || (page.Cursor is null && !page.IsFirstPage))
        {
            return Problems.InvalidCursor();
        }

        if (!await db.Posts.VisibleTo(db, user.ReaderId).AnyAsync(post => post.Id == postId, cancellationToken))
        {
            return Problems.NotFound();
        }

        var rows = await window.Apply(db.PostRevisions.AsNoTracking().Where(revision => revision.PostId == postId), revision => revision.Id)
            .ToListAsync(cancellationToken);
        var answer = window.ToPage(rows, revision => revision.Id, revision =>
            new PostRevisionResponse(revision.Version, revision.Text, revision.Title, revision.CreatedAt));
        PageLinks.Write(context, answer.NextCursor, answer.PrevCursor);
        return TypedResults.Ok(answer);
    }
}
