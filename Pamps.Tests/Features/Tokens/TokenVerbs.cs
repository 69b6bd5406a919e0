using System.Net;
using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Contracts;

namespace Pamps.Tests.Features.Tokens;

/// <summary>What OAuth clients do.</summary>
internal static class TokenVerbs
{
    /// <summary>Posts to the token endpoint.</summary>
    /// <param name="http">The client.</param>
    /// <param name="members">Members of the form.</param>
    public static async Task<HttpResponseMessage> PostTokenAsync(this HttpClient http, params (string Name, string Value)[] members)
    {
        using var form = new FormUrlEncodedContent(members.Select(member => KeyValuePair.Create(member.Name, member.Value)));
        return await http.PostAsync(new Uri("/api/v1/oauth/token", UriKind.Relative), form);
    }

    /// <summary>Signs in and expects success.</summary>
    /// <param name="http">The client.</param>
    /// <param name="username">The name.</param>
    /// <param name="password">The password.</param>
    /// <param name="scope">Scopes asked for.</param>
    public static async Task<TokenResponse> SignInAsync(this HttpClient http, string username, string password, string scope = "read write")
    {
        using var response = await http.PostTokenAsync(("grant_type", "password"), ("username", username), ("password", password), ("scope", scope));
        return await response.ShouldBe<TokenResponse>(HttpStatusCode.OK);
    }

    /// <summary>Refreshes.</summary>
    /// <param name="http">The client.</param>
    /// <param name="refreshToken">The refresh token.</param>
    public static Task<HttpResponseMessage> RefreshAsync(this HttpClient http, string refreshToken) =>
        http.PostTokenAsync(("grant_type", "refresh_token"), ("refresh_token", refreshToken));

    /// <summary>Sends a request with credentials of its own.</summary>
    /// <param name="http">The client.</param>
    /// <param name="method">The method.</param>
    /// <param name="path">The path.</param>
    /// <param name="token">The bearer token.</param>
    /// <param name="body">The body.</param>
    public static Task<HttpResponseMessage> SendAsync(this HttpClient http, HttpMethod method, string path, string? token, HttpContent? body = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = body };
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return http.SendAsync(request);
    }

    /// <summary>Gives somebody a role and signs in again with everything it allows.</summary>
    /// <param name="api">The API.</param>
    /// <param name="user">Who.</param>
    /// <param name="role">The role.</param>
    public static async Task<string> PromoteAsync(this ApiFixture api, TestUser user, AccountRole role)
    {
        await api.WithDatabase(db => db.Accounts.Where(account => account.Username == user.Username)
            .ExecuteUpdateAsync(set => set.SetProperty(account => account.Role, role)));
        return (await api.Anonymous.SignInAsync(user.Username, user.Password, "read write admin:read admin:write")).AccessToken;
    }
}
