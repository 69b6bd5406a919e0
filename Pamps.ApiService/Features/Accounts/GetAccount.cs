using Microsoft.AspNetCore.Http.HttpResults;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Accounts;

internal static class GetAccount
{
    /// <summary>Returns a profile by user name, in any case.</summary>
    /// <param name="username">The user name.</param>
    public static async Task<Results<Ok<AccountResponse>, ProblemHttpResult>> HandleAsync(
        string username, PampsDbContext db, CurrentUser user, TimeProvider clock, CancellationToken cancellationToken)
    {
        var name = username.ToLowerInvariant();
        return await AccountProjection.ReadAsync(db, account => account.Username == name, user.Id, clock.GetUtcNow(), cancellationToken) is { } found
            ? TypedResults.Ok(found)
            : Problems.NotFound();
    }

    /// <summary>Returns a profile by id.</summary>
    /// <param name="accountId">The id.</param>
    public static async Task<Results<Ok<AccountResponse>, ProblemHttpResult>> HandleByIdAsync(
        long accountId, PampsDbContext db, CurrentUser user, TimeProvider clock, CancellationToken cancellationToken) =>
        await AccountProjection.ReadAsync(db, account => account.Id == accountId, user.Id, clock.GetUtcNow(), cancellationToken) is { } found
            ? TypedResults.Ok(found)
            : Problems.NotFound();
}
