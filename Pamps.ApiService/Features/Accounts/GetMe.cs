using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;

namespace Pamps.ApiService.Features.Accounts;

internal static class GetMe
{
    /// <summary>Returns the caller's own account, with what is shown to nobody else.</summary>
    public static async Task<Ok<MeResponse>> HandleAsync(PampsDbContext db, CurrentUser user, CancellationToken cancellationToken) =>
        TypedResults.Ok(await ReadAsync(db, user, cancellationToken));

    /// <summary>Reads the answer of <c>/me</c> afresh.</summary>
    /// <param name="db">The database.</param>
    /// <param name="user">The caller.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public static async Task<MeResponse> ReadAsync(PampsDbContext db, CurrentUser user, CancellationToken cancellationToken)
    {
        var me = await db.Accounts.AsNoTracking()
            .Where(account => account.Id == user.RequiredId)
            .Select(account => new
            {
                Account = account,
                PostCount = db.Posts.Count(post => post.AuthorId == account.Id && post.Published && post.DeletedAt == null && post.HiddenAt == null),
            })
            .SingleAsync(cancellationToken);
        return MeProjection.Of(me.Account, me.PostCount, user.Scope);
    }
}
