using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Comments;

internal static class ListPendingComments
{
    /// <summary>Lists the comments of all threads that wait for approval, newest first.</summary>
    /// <param name="page">The page.</param>
    /// <param name="db">The database.</param>
    /// <param name="http">The request.</param>
    /// <param name="cancellationToken">Ends the work when nobody waits for the answer.</param>
    public static async Task<Results<Ok<Page<CommentResponse>>, ProblemHttpResult>> HandleAsync(
        [AsParameters] PageQuery page, PampsDbContext db, HttpContext http, CancellationToken cancellationToken)
    {
        if (!page.TryResolve("pending-comments", out var window))
        {
            return Problems.InvalidCursor();
        }

        var pending = db.Comments.AsNoTracking().Where(comment => comment.ApprovedAt == null && comment.DeletedAt == null && comment.HiddenAt == null);
        var rows = await window.Apply(pending, comment => comment.Id).Select(CommentProjection.Row).ToListAsync(cancellationToken);
        var answer = window.ToPage(rows, row => row.Id, CommentProjection.ToResponse);
        PageLinks.Write(http, answer.NextCursor, answer.PrevCursor);
        return TypedResults.Ok(answer);
    }
}
