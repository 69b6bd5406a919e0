using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Comments;

internal static class DeleteComment
{
    /// <summary>Removes one's comment, or as a moderator, with a reason, anybody's. One that was answered leaves a placeholder. Its author can restore it for ten minutes, unless a moderator removed it.</summary>
    /// <param name="commentId">The comment.</param>
    /// <param name="reason">Why; asked of moderators, for the audit log.</param>
    /// <param name="db">The database.</param>
    /// <param name="user">Who calls.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancellationToken">Ends the work when nobody waits for the answer.</param>
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        long commentId, [FromQuery] string? reason, PampsDbContext db, CurrentUser user, TimeProvider clock, CancellationToken cancellationToken)
    {
        var moderator = user.MayModerate();
        var comment = await db.Comments
            .Where(found => found.Id == commentId && found.DeletedAt == null && (moderator || (found.AuthorId == user.RequiredId && found.HiddenAt == null)))
            .SingleOrDefaultAsync(cancellationToken);
        if (comment is null)
        {
            return Problems.NotFound();
        }

        var now = clock.GetUtcNow();
        comment.DeletedAt = now;
        if (comment.AuthorId != user.RequiredId)
        {
            if (string.IsNullOrWhiteSpace(reason) || reason.Length > ReportLimits.NoteMax || reason.Contains('\0', StringComparison.Ordinal))
            {
                return Problems.Invalid("reason", $"A moderator says why, in up to {ReportLimits.NoteMax} characters.");
            }

            // Hidden too: the author does not take back what a moderator did.
            comment.HiddenAt = now;
            db.AuditEntries.Add(new AuditEntry { ActorId = user.RequiredId, Action = "comment.delete", Target = $"comment:{WireId.Format(commentId)}", Reason = reason, CreatedAt = now });
        }

        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}
