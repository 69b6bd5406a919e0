using Pamps.ApiService.Contracts;

namespace Pamps.Web.ApiClient;

/// <summary>Posts, threads, and what a visitor does with a post.</summary>
internal sealed class PostsClient(ApiConnection api)
{
    /// <summary>Publishes a post or a reply.</summary>
    /// <param name="post">What to publish.</param>
    /// <param name="idempotencyKey">Rendered with the form, so that a double click makes one post.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<ApiResult<PostResponse>> CreateAsync(CreatePostRequest post, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var request = ApiConnection.Request(HttpMethod.Post, "/api/v1/posts", post);
        if (!string.IsNullOrEmpty(idempotencyKey))
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        }

        return api.SendAsync<PostResponse>(request, cancellationToken);
    }

    /// <summary>One post.</summary>
    public Task<ApiResult<PostResponse>> GetAsync(string postId, CancellationToken cancellationToken) =>
        api.GetAsync<PostResponse>(PathOf(postId), cancellationToken);

    /// <summary>A post with its ancestors and replies.</summary>
    public Task<ApiResult<ThreadResponse>> ThreadAsync(string postId, CancellationToken cancellationToken) =>
        api.GetAsync<ThreadResponse>(PathOf(postId) + "/thread", cancellationToken);

    /// <summary>Direct replies, for threads too long to send whole.</summary>
    public Task<ApiResult<Page<PostResponse>>> RepliesAsync(string postId, PageRequest page, CancellationToken cancellationToken) =>
        api.GetAsync<Page<PostResponse>>(page.AppendTo(PathOf(postId) + "/replies"), cancellationToken);

    /// <summary>The text as written, for editing.</summary>
    public Task<ApiResult<PostSourceResponse>> SourceAsync(string postId, CancellationToken cancellationToken) =>
        api.GetAsync<PostSourceResponse>(PathOf(postId) + "/source", cancellationToken);

    /// <summary>Former wordings.</summary>
    public Task<ApiResult<Page<PostRevisionResponse>>> HistoryAsync(string postId, PageRequest page, CancellationToken cancellationToken) =>
        api.GetAsync<Page<PostRevisionResponse>>(page.AppendTo(PathOf(postId) + "/history"), cancellationToken);

    /// <summary>Saves a new wording, unless somebody else did since <paramref name="version"/>.</summary>
    public Task<ApiResult<PostResponse>> EditAsync(string postId, EditPostRequest post, int? version, CancellationToken cancellationToken)
    {
        var request = ApiConnection.Request(HttpMethod.Put, PathOf(postId), post);
        if (version is { } read)
        {
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{read}\"");
        }

        return api.SendAsync<PostResponse>(request, cancellationToken);
    }

    /// <summary>Deletes a post; its author may restore it for ten minutes.</summary>
    public Task<ApiResult<Nothing>> DeleteAsync(string postId, CancellationToken cancellationToken) =>
        api.SendAsync<Nothing>(HttpMethod.Delete, PathOf(postId), null, cancellationToken);

    /// <summary>Brings a deleted post back.</summary>
    public Task<ApiResult<PostResponse>> RestoreAsync(string postId, CancellationToken cancellationToken) =>
        api.SendAsync<PostResponse>(HttpMethod.Post, PathOf(postId) + "/restore", null, cancellationToken);

    /// <summary>Likes a post, or no longer.</summary>
    public Task<ApiResult<LikeResponse>> LikeAsync(string postId, bool on, CancellationToken cancellationToken) =>
        api.SendAsync<LikeResponse>(on ? HttpMethod.Put : HttpMethod.Delete, PathOf(postId) + "/like", null, cancellationToken);

    /// <summary>Bookmarks a post, or no longer.</summary>
    public Task<ApiResult<BookmarkResponse>> BookmarkAsync(string postId, bool on, CancellationToken cancellationToken) =>
        api.SendAsync<BookmarkResponse>(on ? HttpMethod.Put : HttpMethod.Delete, PathOf(postId) + "/bookmark", null, cancellationToken);

    private static string PathOf(string postId) => $"/api/v1/posts/{Uri.EscapeDataString(postId)}";
}
