using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Comments;

internal static class GetContentThread
{
    /// <summary>Reads the state of a thread, how many comments it has and whether guests may add to them. After a move the old id answers with the new one.</summary>
    /// <param name="id">The content id, in any spelling.</param>
    /// <param name="db">The database.</param>
    /// <param name="user">Who calls.</param>
    /// <param name="sites">The sites that embed threads.</param>
    /// <param name="cancellationToken">Ends the work when nobody waits for the answer.</param>
    public static async Task<Results<Ok<ContentThreadResponse>, ProblemHttpResult>> HandleAsync(
        [FromQuery] string? id, PampsDbContext db, CurrentUser user, CommentSites sites, CancellationToken cancellationToken)
    {
        if (!ContentId.TryParse(id, out var content))
        {
            return CommentProblems.InvalidContentId("id");
        }

        var thread = await ContentThreads.FindAsync(db, content, cancellationToken);
        if (thread is null)
        {
            var site = sites.Of(content);
            var state = site.Moderated ? ContentThreadState.Moderated : ContentThreadState.Open;
            return TypedResults.Ok(new ContentThreadResponse(content.Value, state, Count: 0, LastCommentAt: null, site.AllowGuests));
        }

        return thread.State is ContentThreadState.Hidden && !user.MayReadAll()
            ? Problems.NotFound()
            : TypedResults.Ok(await DescribeAsync(db, thread, sites.Of(content), cancellationToken));
    }

    /// <summary>The thread on the wire.</summary>
    public static async Task<ContentThreadResponse> DescribeAsync(PampsDbContext db, ContentThread thread, CommentSite site, CancellationToken cancellationToken)
    {
        var standing = db.Comments.Where(comment => comment.ThreadId == thread.Id).WhereStanding();
        var count = await standing.CountAsync(cancellationToken);
        var last = await standing.MaxAsync(comment => (DateTimeOffset?)comment.CreatedAt, cancellationToken);
        return new ContentThreadResponse(thread.ContentId, thread.State, count, last, site.AllowGuests);
    }
}
