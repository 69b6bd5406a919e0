using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.ApiKeys;

internal static class ApiKeyEndpoints
{
    /// <summary>Maps personal API keys. No key makes or ends keys: that would outlive it.</summary>
    /// <param name="routes">The routes.</param>
    public static void MapApiKeys(this IEndpointRouteBuilder routes)
    {
        var keys = routes.MapGroup("/api/v1/me/api-keys").WithTags("API keys").RequireSession();
        keys.MapGet("/", ListApiKeys.HandleAsync).WithName(nameof(ListApiKeys)).RequireScope(Scopes.ReadAccount);
        keys.MapPost("/", CreateApiKey.HandleAsync).WithName(nameof(CreateApiKey)).RequireScope(Scopes.WriteAccount).Refuses(ProblemCodes.Conflict);
        keys.MapDelete("/{keyId:long}", RevokeApiKey.HandleAsync).WithName(nameof(RevokeApiKey)).RequireScope(Scopes.WriteAccount);
    }
}
