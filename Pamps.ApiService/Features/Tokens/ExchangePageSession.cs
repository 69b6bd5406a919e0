using Microsoft.AspNetCore.Http.HttpResults;
using Pamps.ApiService.Contracts;

namespace Pamps.ApiService.Features.Tokens;

internal static class ExchangePageSession
{
    /// <summary>Gives the API page an access token for its cookie, and the cookie its successor; 204 when nobody is signed in.</summary>
    public static async Task<Results<Ok<PageTokenResponse>, NoContent>> HandleAsync(
        HttpContext http, RefreshGrant grant, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (PageCookie.Read(http) is not { } refreshToken)
        {
            return TypedResults.NoContent();
        }

        var outcome = await grant.RotateAsync(refreshToken, scope: null, cancellationToken);
        if (outcome.Result is not Ok<TokenResponse> { Value: { } tokens })
        {
            PageCookie.Delete(http);
            return TypedResults.NoContent();
        }

        PageCookie.Write(http, tokens.RefreshToken);
        return TypedResults.Ok(new PageTokenResponse(tokens.AccessToken, tokens.TokenType, tokens.ExpiresIn));
    }
}
