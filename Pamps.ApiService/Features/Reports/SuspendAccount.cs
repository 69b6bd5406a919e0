using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Outbox;

namespace Pamps.ApiService.Features.Reports;

internal static class SuspendAccount
{
    /// <summary>Suspends an account: no sign-in, its content hidden, all of it reversible. Suspending twice changes nothing.</summary>
    /// <param name="username">The account.</param>
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        string username, SuspendAccountRequest request, PampsDbContext db, CurrentUser user, CallerStates states, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var name = username.ToLowerInvariant();
        if (await db.Accounts.SingleOrDefaultAsync(account => account.Username == name && account.PurgedAt == null, cancellationToken) is not { } account)
        {
            return Problems.NotFound();
        }

        if (Refuses(account, user) is { } refusal)
        {
            return refusal;
        }

        Suspend(db, account, user.RequiredId, request.Reason, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        states.Forget(account.Id);
        return TypedResults.NoContent();
    }

    /// <summary>Lifts a suspension; nothing was lost.</summary>
    /// <param name="username">The account.</param>
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleLiftAsync(
        string username, PampsDbContext db, CurrentUser user, CallerStates states, TimeProvider clock, CancellationToken cancellationToken)
    {
        var name = username.ToLowerInvariant();
        if (await db.Accounts.SingleOrDefaultAsync(account => account.Username == name && account.PurgedAt == null, cancellationToken) is not { } account)
        {
            return Problems.NotFound();
        }

        Lift(db, account, user.RequiredId, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        states.Forget(account.Id);
        return TypedResults.NoContent();
    }

    /// <summary>Nobody suspends himself, and moderators do not suspend each other: that is for administrators.</summary>
    /// <param name="account">The account.</param>
    /// <param name="user">Who wants to suspend it.</param>
    public static ProblemHttpResult? Refuses([NotNull] Account? account, CurrentUser user)
    {
        ArgumentNullException.ThrowIfNull(account);
        return account.Id == user.Id ? Problems.Forbidden("You cannot suspend yourself.")
            : account.Role is not AccountRole.User && !user.IsAdministrator ? Problems.Forbidden("Only administrators suspend moderators and administrators.")
            : null;
    }

    /// <summary>Suspends an account; the caller saves.</summary>
    /// <param name="db">The database.</param>
    /// <param name="account">The account, tracked.</param>
    /// <param name="actorId">Who does it; null for the command line.</param>
    /// <param name="reason">Why.</param>
    /// <param name="now">When.</param>
    public static void Suspend(PampsDbContext db, Account account, long? actorId, string reason, DateTimeOffset now)
    {
        if (account.SuspendedAt is null)
        {
            account.SuspendedAt = now;
            account.SuspensionReason = reason;
            db.AuditEntries.Add(Audit.Entry("account.suspend", $"account:{account.Id}", actorId, reason, now));
            db.Publish(new AccountVisibilityChanged(account.Id));
        }
    }

    /// <summary>Lifts a suspension; the caller saves.</summary>
    /// <param name="db">The database.</param>
    /// <param name="account">The account, tracked.</param>
    /// <param name="actorId">Who does it; null for the command line.</param>
    /// <param name="now">When.</param>
    public static void Lift(PampsDbContext db, Account account, long? actorId, DateTimeOffset now)
    {
        if (account.SuspendedAt is not null)
        {
            account.SuspendedAt = null;
            account.SuspensionReason = null;
            db.AuditEntries.Add(Audit.Entry("account.lift_suspension", $"account:{account.Id}", actorId, reason: null, now));
            db.Publish(new AccountVisibilityChanged(account.Id));
        }
    }
}
