using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Outbox;

namespace Pamps.ApiService.Features.Blocks;

internal static class UnblockAccount
{
    /// <summary>Ends a block; the follows it ended stay ended. Without a block nothing changes.</summary>
    public static async Task<Results<Ok<RelationshipResponse>, ProblemHttpResult>> HandleAsync(
        string username, PampsDbContext db, CurrentUser user, TimeProvider clock, CancellationToken cancellationToken)
    {
        var blockerId = user.RequiredId;
        if (await BlockAccount.FindAsync(db, username, blockerId, cancellationToken) is not { } blockedId)
        {
            return Problems.NotFound();
        }

        var changed = false;
        if (await db.Blocks.SingleOrDefaultAsync(block => block.BlockerId == blockerId && block.BlockedId == blockedId, cancellationToken) is { } block)
        {
            db.Blocks.Remove(block);
            db.Publish(new AccountUnblocked(blockerId, blockedId));
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                changed = true;
            }
            catch (DbUpdateConcurrencyException)
            {
                // Somebody else with the same account was faster.
                db.ChangeTracker.Clear();
            }
        }

        return TypedResults.Ok(await BlockAccount.DescribeAsync(db, blockerId, blockedId, changed, clock.GetUtcNow(), cancellationToken));
    }
}
