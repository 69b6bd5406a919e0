using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;

namespace Pamps.ApiService.Features.Tokens;

internal static class SignInToPage
{
    /// <summary>Signs in to the API page, with the rights of an ordinary sign-in; what needs more is authorized on the page.</summary>
    public static async Task<Results<RedirectHttpResult, ProblemHttpResult>> HandleAsync(
        [FromForm(Name = "username")] string? username,
        [FromForm(Name = "password")] string? password,
        HttpContext http,
        PasswordGrant grant,
        CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(username) || string.IsNullOrEmpty(password))
        {
            return TokenProblems.InvalidRequest("Enter user name and password.");
        }

        var client = $"API page: {http.Request.Headers.UserAgent}";
        var outcome = await grant.SignInAsync(username, password, Scopes.Default, client, cancellationToken);
        if (outcome.Result is not Ok<TokenResponse> { Value: { } tokens })
        {
            return (ProblemHttpResult)outcome.Result;
        }

        PageCookie.Write(http, tokens.RefreshToken);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Redirect("/docs/index.html");
    }
}
