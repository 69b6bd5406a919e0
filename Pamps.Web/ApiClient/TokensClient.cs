using Pamps.ApiService.Contracts;

namespace Pamps.Web.ApiClient;

/// <summary>The token endpoint: sign-in, refresh, revocation.</summary>
internal sealed class TokensClient(ApiConnection api)
{
    // Hashing a password is slow on purpose, and sign-ins may wait for their turn.
    private static readonly TimeSpan PasswordTimeLimit = TimeSpan.FromSeconds(10);

    /// <summary>Exchanges a user name or e-mail address and a password for tokens.</summary>
    /// <param name="username">The name or address.</param>
    /// <param name="password">The password.</param>
    /// <param name="scope">What the tokens shall allow.</param>
    /// <param name="client">What the list of sessions shall call this one.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<ApiResult<TokenResponse>> SignInAsync(string username, string password, string scope, string client, CancellationToken cancellationToken)
    {
        var request = Form("/api/v1/oauth/token", new()
        {
            ["grant_type"] = "password",
            ["username"] = username,
            ["password"] = password,
            ["scope"] = scope,
        });
        request.Headers.TryAddWithoutValidation("User-Agent", client);
        return api.SendAsync<TokenResponse>(request, cancellationToken, PasswordTimeLimit);
    }

    /// <summary>Exchanges a refresh token for the next pair; each is good once.</summary>
    public Task<ApiResult<TokenResponse>> RefreshAsync(string refreshToken, CancellationToken cancellationToken) =>
        api.SendAsync<TokenResponse>(
            Form("/api/v1/oauth/token", new() { ["grant_type"] = "refresh_token", ["refresh_token"] = refreshToken }), cancellationToken);

    /// <summary>Ends the session of a refresh token.</summary>
    public Task<ApiResult<Nothing>> RevokeAsync(string refreshToken, CancellationToken cancellationToken) =>
        api.SendAsync<Nothing>(Form("/api/v1/oauth/revoke", new() { ["token"] = refreshToken }), cancellationToken);

    private static HttpRequestMessage Form(string path, Dictionary<string, string> fields) =>
        new(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) };
}
