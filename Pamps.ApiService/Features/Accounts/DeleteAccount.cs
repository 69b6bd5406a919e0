using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Outbox;

namespace Pamps.ApiService.Features.Accounts;

internal static class DeleteAccount
{
    /// <summary>
    /// Deletes the caller's account: signed out and hidden at once, erased after 30 days. Signing in before that brings it
    /// back. The user name is never given away again.
    /// </summary>
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        [FromBody] DeleteAccountRequest request, PampsDbContext db, CurrentUser user, Passwords passwords, CallerStates states, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var account = await db.Accounts.SingleAsync(account => account.Id == user.RequiredId, cancellationToken);
        var (right, _) = await passwords.CheckAsync(account.PasswordHash, request.Password, cancellationToken);
        if (!right)
        {
            return Problems.Invalid("password", "The present password is not right.");
        }

        await MarkAsync(db, account, user.Id, reason: null, clock.GetUtcNow(), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        states.Forget(account.Id);
        return TypedResults.NoContent();
    }

    /// <summary>Hides an account and ends its sessions; the caller saves.</summary>
    /// <param name="db">The database.</param>
    /// <param name="account">The account, tracked.</param>
    /// <param name="actorId">Who does it.</param>
    /// <param name="reason">Why.</param>
    /// <param name="now">When.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task MarkAsync(
        PampsDbContext db, Account account, long? actorId, string? reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        account.DeletedAt = now;
        foreach (var session in await db.Sessions.Where(session => session.AccountId == account.Id && session.RevokedAt == null).ToListAsync(cancellationToken))
        {
            session.RevokedAt = now;
        }

        db.AuditEntries.Add(Audit.Entry("account.delete", $"account:{account.Id}", actorId, reason, now));
        db.Publish(new AccountVisibilityChanged(account.Id));
    }
}
