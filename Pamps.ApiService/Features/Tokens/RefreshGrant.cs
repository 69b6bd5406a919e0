using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;

namespace Pamps.ApiService.Features.Tokens;

/// <summary>
/// Rotates refresh tokens (RFC 9700 §4.14.2). Each use marks the token used and gives a new one of the same family.
/// The use of a used token is theft, or an answer that got lost, or two tabs that refreshed at once: within the leeway it
/// gives another token of the family, later it ends the family, so that neither thief nor owner can go on.
/// Two uses at the same moment may both find the token unused; both then mark it with nearly the same time, which is
/// the leeway by another way.
/// </summary>
internal sealed class RefreshGrant(
    PampsDbContext db, TokenIssuer issuer, CallerStates states, IOptions<JwtOptions> options, TimeProvider clock)
{
    private const string Refusal = "The refresh token is not valid any more.";

    /// <summary>Gives the next pair of tokens.</summary>
    /// <param name="refreshToken">The token.</param>
    /// <param name="scope">Fewer scopes for the access token; all of the session when absent.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Results<Ok<TokenResponse>, ProblemHttpResult>> RotateAsync(
        string refreshToken, string? scope, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var hash = TokenIssuer.Hash(refreshToken);
        var token = await db.RefreshTokens
            .Include(token => token.Session.Account)
            .SingleOrDefaultAsync(token => token.Hash == hash, cancellationToken);
        if (token is null || token.ExpiresAt <= now || token.Session.RevokedAt is not null || token.Session.ExpiresAt <= now ||
            token.Session.Account.DeletedAt is not null)
        {
            return TokenProblems.InvalidGrant(Refusal);
        }

        var session = token.Session;
        if (token.UsedAt is { } usedAt && now - usedAt > options.Value.RefreshLeeway)
        {
            session.RevokedAt = now;
            db.AuditEntries.Add(Audit.Entry("session.reuse_detected", $"session:{session.Id}", session.AccountId, reason: null, now));
            await db.SaveChangesAsync(cancellationToken);
            states.Forget(session.AccountId);
            return TokenProblems.InvalidGrant(Refusal);
        }

        if (session.Account.SuspendedAt is not null)
        {
            return TokenProblems.Suspended();
        }

        // Rights lost since the sign-in are lost with the next token.
        var held = string.Join(' ', session.Scope.Split(' ').Where(held => GrantedScopes.MayHave(held, session.Account)));
        var granted = held;
        if (!string.IsNullOrWhiteSpace(scope))
        {
            var asked = scope.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (!asked.All(one => Scopes.All.ContainsKey(one) && Scopes.Contains(held, one)))
            {
                return TokenProblems.InvalidScope();
            }

            granted = string.Join(' ', asked.Distinct());
        }

        token.UsedAt ??= now;
        var next = issuer.AddRefreshToken(session);
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.Ok(issuer.Issue(session, granted, next));
    }
}
