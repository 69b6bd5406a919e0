using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.ApiKeys;

internal static class ListApiKeys
{
    /// <summary>Lists the caller's keys that work, newest first, without their secrets.</summary>
    public static async Task<Ok<IReadOnlyList<ApiKeyResponse>>> HandleAsync(
        PampsDbContext db, CurrentUser user, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var keys = await db.ApiKeys.AsNoTracking()
            .Where(key => key.AccountId == user.RequiredId && key.RevokedAt == null && (key.ExpiresAt == null || key.ExpiresAt > now))
            .OrderByDescending(key => key.Id)
            .ToListAsync(cancellationToken);
        return TypedResults.Ok<IReadOnlyList<ApiKeyResponse>>(keys.ConvertAll(ToResponse));
    }

    /// <summary>A key on the wire.</summary>
    /// <param name="key">The key.</param>
    public static ApiKeyResponse ToResponse(ApiKey key) =>
        new(WireId.Format(key.Id), key.Name, key.Prefix, key.Scopes, key.CreatedAt, key.ExpiresAt, key.LastUsedAt);
}
