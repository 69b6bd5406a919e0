using Pamps.ApiService.Contracts;

namespace Pamps.Web.ApiClient;

/// <summary>Feeds, tags and search.</summary>
internal sealed class FeedsClient(ApiConnection api)
{
    /// <summary>Posts of the accounts one follows.</summary>
    public Task<ApiResult<Page<PostResponse>>> HomeAsync(PageRequest page, CancellationToken cancellationToken) =>
        api.GetAsync<Page<PostResponse>>(page.AppendTo("/api/v1/feeds/home"), cancellationToken);

    /// <summary>Posts of everybody.</summary>
    public Task<ApiResult<Page<PostResponse>>> PublicAsync(PageRequest page, CancellationToken cancellationToken) =>
        api.GetAsync<Page<PostResponse>>(page.AppendTo("/api/v1/feeds/public"), cancellationToken);

    /// <summary>Posts that carry a tag.</summary>
    public Task<ApiResult<Page<PostResponse>>> TagAsync(string tag, PageRequest page, CancellationToken cancellationToken) =>
        api.GetAsync<Page<PostResponse>>(page.AppendTo($"/api/v1/tags/{Uri.EscapeDataString(tag)}/posts"), cancellationToken);

    /// <summary>Tags that begin with a text, or the most used ones.</summary>
    public Task<ApiResult<Page<TagResponse>>> TagsAsync(string? startsWith, int limit, CancellationToken cancellationToken) =>
        api.GetAsync<Page<TagResponse>>($"/api/v1/tags?q={Uri.EscapeDataString(startsWith ?? "")}&limit={limit}", cancellationToken);

    /// <summary>Searches posts, accounts or tags.</summary>
    public Task<ApiResult<SearchResponse>> SearchAsync(string query, string type, string? cursor, int? limit, CancellationToken cancellationToken) =>
        api.GetAsync<SearchResponse>(
            new PageRequest(Cursor: cursor, Limit: limit).AppendTo($"/api/v1/search?q={Uri.EscapeDataString(query)}&type={type}"), cancellationToken);
}
