using Pamps.ApiService.Contracts;

namespace Pamps.Web.ApiClient;

/// <summary>What belongs to the visitor alone: profile, sessions, keys, lists, export, deletion.</summary>
internal sealed class MeClient(ApiConnection api)
{
    // Each of these hashes a password.
    private static readonly TimeSpan PasswordTimeLimit = TimeSpan.FromSeconds(10);

    /// <summary>The account of the session, or of tokens that are no session yet.</summary>
    public Task<ApiResult<MeResponse>> GetAsync(string? accessToken, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/me");
        if (accessToken is not null)
        {
            request.Headers.Authorization = ApiConnection.Bearer(accessToken);
        }

        return api.SendAsync<MeResponse>(request, cancellationToken);
    }

    /// <summary>Changes the profile.</summary>
    public Task<ApiResult<MeResponse>> UpdateAsync(UpdateProfileRequest profile, CancellationToken cancellationToken) =>
        api.SendAsync<MeResponse>(ApiConnection.Request(HttpMethod.Patch, "/api/v1/me", profile), cancellationToken, PasswordTimeLimit);

    /// <summary>Changes the password; every other session ends.</summary>
    public Task<ApiResult<Nothing>> ChangePasswordAsync(ChangePasswordRequest passwords, CancellationToken cancellationToken) =>
        api.SendAsync<Nothing>(ApiConnection.Request(HttpMethod.Post, "/api/v1/me/password", passwords), cancellationToken, PasswordTimeLimit);

    /// <summary>Deletes the account.</summary>
    public Task<ApiResult<Nothing>> DeleteAsync(DeleteAccountRequest confirmation, CancellationToken cancellationToken) =>
        api.SendAsync<Nothing>(ApiConnection.Request(HttpMethod.Delete, "/api/v1/me", confirmation), cancellationToken, PasswordTimeLimit);

    /// <summary>Where the account is signed in.</summary>
    public Task<ApiResult<IReadOnlyList<SessionResponse>>> SessionsAsync(CancellationToken cancellationToken) =>
        api.GetAsync<IReadOnlyList<SessionResponse>>("/api/v1/me/sessions", cancellationToken);

    /// <summary>Ends a session.</summary>
    public Task<ApiResult<Nothing>> EndSessionAsync(string sessionId, CancellationToken cancellationToken) =>
        api.SendAsync<Nothing>(HttpMethod.Delete, $"/api/v1/me/sessions/{Uri.EscapeDataString(sessionId)}", null, cancellationToken);

    /// <summary>Personal API keys, without their secrets.</summary>
    public Task<ApiResult<IReadOnlyList<ApiKeyResponse>>> ApiKeysAsync(CancellationToken cancellationToken) =>
        api.GetAsync<IReadOnlyList<ApiKeyResponse>>("/api/v1/me/api-keys", cancellationToken);

    /// <summary>Makes a key; its secret is in this answer only.</summary>
    public Task<ApiResult<CreatedApiKeyResponse>> CreateApiKeyAsync(CreateApiKeyRequest key, CancellationToken cancellationToken) =>
        api.SendAsync<CreatedApiKeyResponse>(HttpMethod.Post, "/api/v1/me/api-keys", key, cancellationToken);

    /// <summary>Ends a key.</summary>
    public Task<ApiResult<Nothing>> RevokeApiKeyAsync(string keyId, CancellationToken cancellationToken) =>
        api.SendAsync<Nothing>(HttpMethod.Delete, $"/api/v1/me/api-keys/{Uri.EscapeDataString(keyId)}", null, cancellationToken);

    /// <summary>Accounts the visitor blocks.</summary>
    public Task<ApiResult<Page<AccountSummary>>> BlocksAsync(PageRequest page, CancellationToken cancellationToken) =>
        api.GetAsync<Page<AccountSummary>>(page.AppendTo("/api/v1/me/blocks"), cancellationToken);

    /// <summary>Accounts the visitor mutes.</summary>
    public Task<ApiResult<Page<MuteResponse>>> MutesAsync(PageRequest page, CancellationToken cancellationToken) =>
        api.GetAsync<Page<MuteResponse>>(page.AppendTo("/api/v1/me/mutes"), cancellationToken);

    /// <summary>Bookmarked posts, last bookmarked first.</summary>
    public Task<ApiResult<Page<PostResponse>>> BookmarksAsync(PageRequest page, CancellationToken cancellationToken) =>
        api.GetAsync<Page<PostResponse>>(page.AppendTo("/api/v1/me/bookmarks"), cancellationToken);

    /// <summary>Asks for a file with everything the account owns.</summary>
    public Task<ApiResult<ExportResponse>> RequestExportAsync(string? idempotencyKey, CancellationToken cancellationToken)
    {
        var request = ApiConnection.Request(HttpMethod.Post, "/api/v1/me/exports", null);
        if (!string.IsNullOrEmpty(idempotencyKey))
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        }

        return api.SendAsync<ExportResponse>(request, cancellationToken);
    }

    /// <summary>The file of a finished export; the caller disposes the answer.</summary>
    public Task<HttpResponseMessage?> DownloadExportAsync(string exportId, CancellationToken cancellationToken) =>
        api.OpenAsync(new(HttpMethod.Get, $"/api/v1/me/exports/{Uri.EscapeDataString(exportId)}/file"), cancellationToken);

    /// <summary>How far an export is.</summary>
    public Task<ApiResult<ExportResponse>> ExportAsync(string exportId, CancellationToken cancellationToken) =>
        api.GetAsync<ExportResponse>($"/api/v1/me/exports/{Uri.EscapeDataString(exportId)}", cancellationToken);
}
