using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;

namespace Pamps.ApiService.Features.Tokens;

/// <summary>Signs in with a name and a password.</summary>
internal sealed class PasswordGrant(PampsDbContext db, Passwords passwords, TokenIssuer issuer, TimeProvider clock)
{
    private const int ClientMax = 200;

    /// <summary>
    /// Opens a session. Unknown names take as long as wrong passwords and get the same answer. An account in its grace
    /// time after deletion comes back by signing in.
    /// </summary>
    /// <param name="name">User name or e-mail address.</param>
    /// <param name="password">The password.</param>
    /// <param name="scope">Scopes asked for.</param>
    /// <param name="client">What the client calls itself.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Results<Ok<TokenResponse>, ProblemHttpResult>> SignInAsync(
        string name, string password, string? scope, string client, CancellationToken cancellationToken)
    {
        if (password.Length > AccountLimits.PasswordMax || name.Length > AccountLimits.EmailMax)
        {
            return TokenProblems.InvalidGrant();
        }

        var folded = name.Trim().ToLowerInvariant();
        var account = await db.Accounts.SingleOrDefaultAsync(
            account => (account.Username == folded || account.EmailNormalized == folded) && account.PurgedAt == null, cancellationToken);
        var (right, rehashed) = await passwords.CheckAsync(account?.PasswordHash, password, cancellationToken);
        if (!right || account is null)
        {
            return TokenProblems.InvalidGrant();
        }

        if (account.SuspendedAt is not null)
        {
            return TokenProblems.Suspended();
        }

        if (GrantedScopes.Of(scope, account) is not { } granted)
        {
            return TokenProblems.InvalidScope();
        }

        account.PasswordHash = rehashed ?? account.PasswordHash;
        if (account.DeletedAt is not null)
        {
            account.DeletedAt = null;
            db.AuditEntries.Add(Audit.Entry("account.restore", $"account:{account.Id}", account.Id, reason: null, clock.GetUtcNow()));
        }

        var session = issuer.Open(account, granted, client.Length > ClientMax ? client[..ClientMax] : client);
        var refreshToken = issuer.AddRefreshToken(session);
        db.Sessions.Add(session);
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.Ok(issuer.Issue(session, granted, refreshToken));
    }
}
