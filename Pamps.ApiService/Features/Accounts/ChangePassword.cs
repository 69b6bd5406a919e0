using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Accounts;

internal static class ChangePassword
{
    /// <summary>Changes the caller's password and signs out everywhere else; API keys stay.</summary>
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        ChangePasswordRequest request, PampsDbContext db, CurrentUser user, Passwords passwords, CallerStates states, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var account = await db.Accounts.SingleAsync(account => account.Id == user.RequiredId, cancellationToken);
        var (right, _) = await passwords.CheckAsync(account.PasswordHash, request.CurrentPassword, cancellationToken);
        if (!right)
        {
            return Problems.Invalid("currentPassword", "The present password is not right.");
        }

        if (CommonPasswords.Contains(request.NewPassword, account.Username, account.Email))
        {
            return Problems.Invalid("newPassword", AccountLimits.CommonPasswordMessage);
        }

        var now = clock.GetUtcNow();
        account.PasswordHash = await passwords.HashAsync(request.NewPassword, cancellationToken);
        var others = await db.Sessions
            .Where(session => session.AccountId == account.Id && session.Id != user.SessionId && session.RevokedAt == null)
            .ToListAsync(cancellationToken);
        others.ForEach(session => session.RevokedAt = now);
        db.AuditEntries.Add(Audit.Entry("account.change_password", $"account:{account.Id}", account.Id, reason: null, now));
        await db.SaveChangesAsync(cancellationToken);
        states.Forget(account.Id);
        return TypedResults.NoContent();
    }
}
