using Pamps.ApiService.Contracts;

namespace Pamps.Web.ApiClient;

/// <summary>Accounts, their lists and the relations to them.</summary>
internal sealed class AccountsClient(ApiConnection api)
{
    /// <summary>Opens an account.</summary>
    public Task<ApiResult<MeResponse>> RegisterAsync(RegisterAccountRequest account, CancellationToken cancellationToken) =>
        // The password is hashed on the other side, which takes its time.
        api.SendAsync<MeResponse>(
            ApiConnection.Request(HttpMethod.Post, "/api/v1/accounts", account), cancellationToken, TimeSpan.FromSeconds(10));

    /// <summary>A profile.</summary>
    public Task<ApiResult<AccountResponse>> GetAsync(string username, CancellationToken cancellationToken) =>
        api.GetAsync<AccountResponse>(PathOf(username), cancellationToken);

    /// <summary>Posts of an account, newest first.</summary>
    /// <param name="username">Whose.</param>
    /// <param name="replies">With replies, or without.</param>
    /// <param name="page">Which page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<ApiResult<Page<PostResponse>>> PostsAsync(string username, bool replies, PageRequest page, CancellationToken cancellationToken) =>
        api.GetAsync<Page<PostResponse>>(
            page.AppendTo($"{PathOf(username)}/posts?includeReplies={(replies ? "true" : "false")}"), cancellationToken);

    /// <summary>Posts that an account likes, last liked first.</summary>
    public Task<ApiResult<Page<PostResponse>>> LikesAsync(string username, PageRequest page, CancellationToken cancellationToken) =>
        api.GetAsync<Page<PostResponse>>(page.AppendTo($"{PathOf(username)}/likes"), cancellationToken);

    /// <summary>Who follows an account.</summary>
    public Task<ApiResult<Page<AccountSummary>>> FollowersAsync(string username, PageRequest page, CancellationToken cancellationToken) =>
        api.GetAsync<Page<AccountSummary>>(page.AppendTo($"{PathOf(username)}/followers"), cancellationToken);

    /// <summary>Whom an account follows.</summary>
    public Task<ApiResult<Page<AccountSummary>>> FollowingAsync(string username, PageRequest page, CancellationToken cancellationToken) =>
        api.GetAsync<Page<AccountSummary>>(page.AppendTo($"{PathOf(username)}/following"), cancellationToken);

    /// <summary>How the visitor stands to some accounts.</summary>
    public Task<ApiResult<IReadOnlyList<Relationship>>> RelationshipsAsync(IEnumerable<string> ids, CancellationToken cancellationToken) =>
        api.GetAsync<IReadOnlyList<Relationship>>("/api/v1/relationships?" + string.Join('&', ids.Select(id => "ids=" + Uri.EscapeDataString(id))), cancellationToken);

    /// <summary>Follows, blocks or mutes an account, or ends that.</summary>
    /// <param name="username">Whom.</param>
    /// <param name="relation"><c>follow</c>, <c>block</c> or <c>mute</c>.</param>
    /// <param name="on">Whether it shall stand.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<ApiResult<RelationshipResponse>> SetRelationAsync(string username, string relation, bool on, CancellationToken cancellationToken) =>
        api.SendAsync<RelationshipResponse>(
            on ? HttpMethod.Put : HttpMethod.Delete,
            $"{PathOf(username)}/{relation}",
            on && relation == "mute" ? new MuteRequest() : null,
            cancellationToken);

    private static string PathOf(string username) => $"/api/v1/accounts/{Uri.EscapeDataString(username)}";
}
