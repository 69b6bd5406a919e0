using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Comments;

internal static class CountComments
{
    /// <summary>Counts the comments on up to 100 pieces of content at once; the keys are the ids as asked, zeros included.</summary>
    /// <param name="id">The content ids, each as a parameter of its own, in any spelling.</param>
    /// <param name="db">The database.</param>
    /// <param name="user">Who calls.</param>
    /// <param name="cancellationToken">Ends the work when nobody waits for the answer.</param>
    public static Task<Results<Ok<Dictionary<string, int>>, ProblemHttpResult>> HandleAsync(
        [FromQuery] string[]? id, PampsDbContext db, CurrentUser user, CancellationToken cancellationToken) =>
        CountAsync(id ?? [], "id", db, user, cancellationToken);

    /// <summary>Counts, for whichever operation asks.</summary>
    /// <param name="asked">The content ids.</param>
    /// <param name="field">The name of the parameter or member that holds them.</param>
    /// <param name="db">The database.</param>
    /// <param name="user">Who calls.</param>
    /// <param name="cancellationToken">Ends the work when nobody waits for the answer.</param>
    public static async Task<Results<Ok<Dictionary<string, int>>, ProblemHttpResult>> CountAsync(
        IReadOnlyList<string> asked, string field, PampsDbContext db, CurrentUser user, CancellationToken cancellationToken)
    {
        if (asked.Count is 0 or > CommentLimits.CountsMax)
        {
            return Problems.Invalid(field, $"Ask for 1 to {CommentLimits.CountsMax} content ids.");
        }

        var canonical = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var raw in asked)
        {
            if (!ContentId.TryParse(raw, out var content))
            {
                return CommentProblems.InvalidContentId(field);
            }

            canonical[raw] = content.Value;
        }

        var values = canonical.Values.Distinct(StringComparer.Ordinal).ToArray();
        var moderator = user.MayReadAll();
        var counts = await db.ContentThreads
            .Where(thread => values.Contains(thread.ContentId))
            .Select(thread => new { thread.ContentId, ThreadId = thread.MovedToId ?? thread.Id, State = thread.MovedTo == null ? thread.State : thread.MovedTo.State })
            .Select(found => new
            {
                found.ContentId,
                Count = !moderator && found.State == ContentThreadState.Hidden
                    ? 0
                    : db.Comments.WhereStanding().Count(comment => comment.ThreadId == found.ThreadId),
            })
            .ToDictionaryAsync(row => row.ContentId, row => row.Count, StringComparer.Ordinal, cancellationToken);
        return TypedResults.Ok(canonical.ToDictionary(pair => pair.Key, pair => counts.GetValueOrDefault(pair.Value), StringComparer.Ordinal));
    }
}
