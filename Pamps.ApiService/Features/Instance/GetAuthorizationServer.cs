using Microsoft.AspNetCore.Http.HttpResults;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;

namespace Pamps.ApiService.Features.Instance;

internal static class GetAuthorizationServer
{
    /// <summary>Tells OAuth clients where tokens are given out (RFC 8414).</summary>
    public static Ok<AuthorizationServerResponse> Handle(HttpRequest request)
    {
        var root = $"{request.Scheme}://{request.Host}{request.PathBase}";
        return TypedResults.Ok(new AuthorizationServerResponse(
            root, $"{root}/api/v1/oauth/token", $"{root}/api/v1/oauth/revoke", ["password", "refresh_token"], ["none"], [.. Scopes.All.Keys],
            $"{root}/redoc", []));
    }
}
