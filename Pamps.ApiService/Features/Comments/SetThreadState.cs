using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Comments;

internal static class SetThreadState
{
    /// <summary>Opens, moderates, locks or hides a thread, also before anybody commented.</summary>
    /// <param name="id">The content id, in any spelling.</param>
    /// <param name="request">The new state.</param>
    /// <param name="db">The database.</param>
    /// <param name="user">Who calls.</param>
    /// <param name="sites">The sites that embed threads.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancellationToken">Ends the work when nobody waits for the answer.</param>
    public static async Task<Results<Ok<ContentThreadResponse>, ProblemHttpResult>> HandleAsync(
        [FromQuery] string? id, SetThreadStateRequest request, PampsDbContext db, CurrentUser user, CommentSites sites, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!ContentId.TryParse(id, out var content))
        {
            return CommentProblems.InvalidContentId("id");
        }

        if (request.Reason?.Contains('\0', StringComparison.Ordinal) is true)
        {
            return Problems.Invalid("reason", "The reason may not hold control characters.");
        }

        var changed = await db.InTransactionAsync(
            async () =>
            {
                var now = clock.GetUtcNow();
                var thread = await ContentThreads.OwnAsync(db, content, sites.Of(content), now, cancellationToken);
                if (thread.MovedToId is { } target)
                {
                    thread = await db.ContentThreads.FromSql($"select * from content_threads where id = {target} for update").SingleAsync(cancellationToken);
                }

                if (thread.State != request.State!.Value)
                {
                    thread.State = request.State.Value;
                    db.AuditEntries.Add(new AuditEntry
                    {
                        ActorId = user.RequiredId,
                        // Written out: the log must not change when a member of the enum is renamed.
                        Action = thread.State switch
                        {
                            ContentThreadState.Open => "thread.open",
                            ContentThreadState.Moderated => "thread.moderate",
                            ContentThreadState.Locked => "thread.lock",
                            _ => "thread.hide",
                        },
                        Target = $"thread:{WireId.Format(thread.Id)}",
                        Reason = request.Reason,
                        CreatedAt = now,
                    });
                    await db.SaveChangesAsync(cancellationToken);
                }

                return thread;
            },
            cancellationToken);
        return TypedResults.Ok(await GetContentThread.DescribeAsync(db, changed, sites.Of(content), cancellationToken));
    }
}
