using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Outbox;

namespace Pamps.ApiService.Features.Tokens;

/// <summary>Signs in with a name and a password.</summary>
internal sealed class PasswordGrant(PampsDbContext db, Passwords passwords, TokenIssuer issuer, RateLimits limits, TimeProvider clock)
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
        var (account, refusal) = await CheckAsync(name, password, cancellationToken);
        if (account is null)
        {
            return refusal!;
        }

        if (GrantedScopes.Of(scope, account) is not { } granted)
        {
            return TokenProblems.InvalidScope();
        }

        var session = Open(account, granted, client);
        var refreshToken = issuer.AddRefreshToken(session);
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.Ok(issuer.Issue(session, granted, refreshToken));
    }

    /// <summary>Finds the account of a name and a password that belong together and may sign in.</summary>
    /// <param name="name">User name or e-mail address.</param>
    /// <param name="password">The password.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<(Account? Account, ProblemHttpResult? Refusal)> CheckAsync(string name, string password, CancellationToken cancellationToken)
    {
        if (password.Length > AccountLimits.PasswordMax || name.Length > AccountLimits.EmailMax)
        {
            return (null, TokenProblems.InvalidGrant());
        }

        var folded = name.Trim().ToLowerInvariant();
        if (limits.RefusesSignIn(folded) is { } wait)
        {
            return (null, TokenProblems.TooMany(wait));
        }

        var account = await db.Accounts.SingleOrDefaultAsync(
            account => (account.Username == folded || account.EmailNormalized == folded) && account.PurgedAt == null, cancellationToken);
        var (right, rehashed) = await passwords.CheckAsync(account?.PasswordHash, password, cancellationToken);
        if (!right || account is null)
        {
            return (null, TokenProblems.InvalidGrant());
        }

        if (account.SuspendedAt is not null)
        {
            return (null, TokenProblems.Suspended());
        }

        account.PasswordHash = rehashed ?? account.PasswordHash;
        return (account, null);
    }

    /// <summary>Adds a session of an account that <see cref="CheckAsync"/> let in; the caller saves.</summary>
    /// <param name="account">The account.</param>
    /// <param name="scope">Granted scopes.</param>
    /// <param name="client">What the client calls itself.</param>
    public Session Open(Account account, string scope, string client)
    {
        if (account.DeletedAt is not null)
        {
            account.DeletedAt = null;
            db.Publish(new AccountVisibilityChanged(account.Id));
            db.AuditEntries.Add(Audit.Entry("account.restore", $"account:{account.Id}", account.Id, reason: null, clock.GetUtcNow()));
        }

        var session = issuer.Open(account, scope, client.Length > ClientMax ? client[..ClientMax] : client);
        db.Sessions.Add(session);
        return session;
    }
}
