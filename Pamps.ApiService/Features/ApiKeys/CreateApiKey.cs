using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.ApiKeys;

internal static class CreateApiKey
{
    /// <summary>Most keys of an account that work at the same time.</summary>
    private const int Most = 50;

    /// <summary>Makes a personal API key. The answer is the only one that ever shows it.</summary>
    public static async Task<Results<Created<CreatedApiKeyResponse>, ProblemHttpResult>> HandleAsync(
        CreateApiKeyRequest request, HttpContext http, PampsDbContext db, CurrentUser user, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (string.IsNullOrWhiteSpace(request.Name) || request.Name.Any(char.IsControl))
        {
            return Problems.Invalid("name", "A name must have letters, and no control characters.");
        }

        // A key made by credentials with few scopes must not have more of them.
        var scopes = request.Scopes.Distinct().ToArray();
        if (Array.Find(scopes, scope => !Scopes.All.ContainsKey(scope) || !IsHeld(user, scope)) is { } excess)
        {
            return Problems.Invalid("scopes", $"The scope {excess} does not exist, or you do not have it yourself.");
        }

        if (request.ExpiresAt <= now)
        {
            return Problems.Invalid("expiresAt", "Give a time in the future, or none.");
        }

        var working = await db.ApiKeys.CountAsync(
            key => key.AccountId == user.RequiredId && key.RevokedAt == null && (key.ExpiresAt == null || key.ExpiresAt > now), cancellationToken);
        if (working >= Most)
        {
            return Problems.Conflict(detail: $"You have {Most} keys. Revoke one first.");
        }

        var (text, prefix, hash) = ApiKeyFormat.Create();
        var key = new ApiKey
        {
            AccountId = user.RequiredId,
            Name = request.Name.Trim(),
            Prefix = prefix,
            Hash = hash,
            Scopes = scopes,
            CreatedAt = now,
            ExpiresAt = request.ExpiresAt?.ToUniversalTime(),
        };
        db.ApiKeys.Add(key);
        await db.SaveChangesAsync(cancellationToken);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Created($"/api/v1/me/api-keys/{WireId.Format(key.Id)}", new CreatedApiKeyResponse(text, ListApiKeys.ToResponse(key)));
    }

    private static bool IsHeld(CurrentUser user, string scope) => scope is Scopes.AdminRead or Scopes.AdminWrite
        ? user.HasScope(scope) && user.IsModerator
        : scope is Scopes.BillingRead or Scopes.BillingWrite
            ? user.IsBillingOperator
            : user.HasScope(scope);
}
