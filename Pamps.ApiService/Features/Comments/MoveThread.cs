using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Comments;

internal static class MoveThread
{
    /// <summary>Moves a thread whose page has a new address: the old id then answers with the new one. Comments already there stay and are joined.</summary>
    /// <param name="request">From where to where.</param>
    /// <param name="db">The database.</param>
    /// <param name="user">Who calls.</param>
    /// <param name="sites">The sites that embed threads.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancellationToken">Ends the work when nobody waits for the answer.</param>
    public static async Task<Results<Ok<ContentThreadResponse>, ProblemHttpResult>> HandleAsync(
        MoveThreadRequest request, PampsDbContext db, CurrentUser user, CommentSites sites, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!ContentId.TryParse(request.From, out var from))
        {
            return CommentProblems.InvalidContentId("from");
        }

        if (!ContentId.TryParse(request.To, out var to))
        {
            return CommentProblems.InvalidContentId("to");
        }

        if (from == to)
        {
            return Problems.Invalid("to", "Both ids name the same content.");
        }

        var thread = await db.InTransactionAsync(
            async () =>
            {
                var now = clock.GetUtcNow();
                // One order of locks for all moves, so that two crossing moves wait for each other instead of failing.
                var first = string.CompareOrdinal(from.Value, to.Value) < 0 ? from : to;
                var second = first == from ? to : from;
                var one = await ContentThreads.OwnAsync(db, first, sites.Of(first), now, cancellationToken);
                var two = await ContentThreads.OwnAsync(db, second, sites.Of(second), now, cancellationToken);
                var (old, target) = first == from ? (one, two) : (two, one);
                if (old.MovedToId == target.Id)
                {
                    return target;
                }

                // Where the old thread's comments are now: with itself, or where an earlier move took them.
                var source = old.MovedToId ?? old.Id;
                target.MovedToId = null;
                if (source != target.Id && !await db.Comments.AnyAsync(comment => comment.ThreadId == target.Id, cancellationToken))
                {
                    // The state goes along: a locked thread must not open by moving.
                    target.State = await db.ContentThreads.Where(row => row.Id == source).Select(row => row.State).SingleAsync(cancellationToken);
                }

                db.AuditEntries.Add(new AuditEntry
                {
                    ActorId = user.RequiredId,
                    Action = "thread.move",
                    Target = $"thread:{WireId.Format(target.Id)}",
                    Reason = $"from thread:{WireId.Format(old.Id)}",
                    CreatedAt = now,
                });
                await db.SaveChangesAsync(cancellationToken);
                await db.Comments.Where(comment => comment.ThreadId == source)
                    .ExecuteUpdateAsync(set => set.SetProperty(comment => comment.ThreadId, target.Id), cancellationToken);
                // Flattened: every id that led to the old thread leads to the target in one step.
                await db.ContentThreads.Where(row => row.Id == old.Id || row.Id == source || row.MovedToId == source)
                    .Where(row => row.Id != target.Id)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.MovedToId, target.Id), cancellationToken);
                return target;
            },
            cancellationToken);
        return TypedResults.Ok(await GetContentThread.DescribeAsync(db, thread, sites.Of(to), cancellationToken));
    }
}
