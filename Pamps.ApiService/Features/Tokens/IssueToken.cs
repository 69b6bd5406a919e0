using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Pamps.ApiService.Contracts;

namespace Pamps.ApiService.Features.Tokens;

internal static class IssueToken
{
    /// <summary>Signs in with a password, or rotates a refresh token (RFC 6749). The answer is never cached.</summary>
    public static async Task<Results<Ok<TokenResponse>, ProblemHttpResult>> HandleAsync(
        [FromForm(Name = "grant_type"), Description("`password` or `refresh_token`.")] string? grantType,
        [FromForm(Name = "username"), Description("User name or e-mail address, with `password`.")] string? username,
        [FromForm(Name = "password"), Description("The password, with `password`.")] string? password,
        [FromForm(Name = "refresh_token"), Description("The token to rotate, with `refresh_token`.")] string? refreshToken,
        [FromForm(Name = "scope"), Description("Scopes separated by blanks; `read write` when absent.")] string? scope,
        HttpContext http,
        PasswordGrant passwordGrant,
        RefreshGrant refreshGrant,
        CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        return grantType switch
        {
            "password" when string.IsNullOrEmpty(username) || string.IsNullOrEmpty(password) =>
                TokenProblems.InvalidRequest("Send username and password."),
            "password" => await passwordGrant.SignInAsync(username, password, scope, http.Request.Headers.UserAgent.ToString(), cancellationToken),
            "refresh_token" when string.IsNullOrEmpty(refreshToken) => TokenProblems.InvalidRequest("Send refresh_token."),
            "refresh_token" => await refreshGrant.RotateAsync(refreshToken, scope, cancellationToken),
            null or "" => TokenProblems.InvalidRequest("Send grant_type."),
            _ => TokenProblems.UnsupportedGrantType(),
        };
    }
}
