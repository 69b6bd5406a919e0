using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Data;

namespace Pamps.ApiService.Features.Tokens;

internal static class RevokeToken
{
    /// <summary>Ends the session of a refresh token (RFC 7009). Succeeds for unknown tokens too: they are as good as revoked.</summary>
    public static async Task<Results<Ok, ProblemHttpResult>> HandleAsync(
        [FromForm(Name = "token"), Description("The refresh token.")] string? token,
        [FromForm(Name = "token_type_hint"), Description("Accepted and not needed.")] string? tokenTypeHint,
        PampsDbContext db,
        CallerStates states,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(token))
        {
            return TokenProblems.InvalidRequest("Send token.");
        }

        var hash = TokenIssuer.Hash(token);
        var session = await db.RefreshTokens.Where(row => row.Hash == hash).Select(row => row.Session).SingleOrDefaultAsync(cancellationToken);
        if (session is { RevokedAt: null })
        {
            session.RevokedAt = clock.GetUtcNow();
            await db.SaveChangesAsync(cancellationToken);
            states.Forget(session.AccountId);
        }

        return TypedResults.Ok();
    }
}
