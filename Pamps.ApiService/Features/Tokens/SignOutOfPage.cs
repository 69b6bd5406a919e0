using Microsoft.AspNetCore.Http.HttpResults;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Data;

namespace Pamps.ApiService.Features.Tokens;

internal static class SignOutOfPage
{
    /// <summary>Ends the session of the API page, its access tokens included.</summary>
    public static async Task<RedirectHttpResult> HandleAsync(
        HttpContext http, PampsDbContext db, CallerStates states, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (PageCookie.Read(http) is { } refreshToken)
        {
            await RevokeToken.HandleAsync(refreshToken, tokenTypeHint: null, db, states, clock, cancellationToken);
            PageCookie.Delete(http);
        }

        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Redirect("/docs/index.html");
    }
}
