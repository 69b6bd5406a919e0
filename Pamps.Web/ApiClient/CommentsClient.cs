using Pamps.ApiService.Contracts;

namespace Pamps.Web.ApiClient;

/// <summary>Comments on outside content.</summary>
internal sealed class CommentsClient(ApiConnection api)
{
    /// <summary>The thread of a piece of content; empty when nobody commented yet.</summary>
    public Task<ApiResult<ContentThreadResponse>> ThreadAsync(string contentId, CancellationToken cancellationToken) =>
        api.GetAsync<ContentThreadResponse>("/api/v1/content?id=" + Uri.EscapeDataString(contentId), cancellationToken);

    /// <summary>Its comments, oldest first.</summary>
    public Task<ApiResult<Page<CommentResponse>>> ListAsync(string contentId, PageRequest page, CancellationToken cancellationToken) =>
        api.GetAsync<Page<CommentResponse>>(page.AppendTo("/api/v1/content/comments?id=" + Uri.EscapeDataString(contentId)), cancellationToken);

    /// <summary>Adds a comment.</summary>
    public Task<ApiResult<CommentResponse>> AddAsync(string contentId, AddCommentRequest comment, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var request = ApiConnection.Request(HttpMethod.Post, "/api/v1/content/comments?id=" + Uri.EscapeDataString(contentId), comment);
        if (!string.IsNullOrEmpty(idempotencyKey))
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        }

        return api.SendAsync<CommentResponse>(request, cancellationToken);
    }

    /// <summary>Deletes a comment of one's own.</summary>
    public Task<ApiResult<Nothing>> DeleteAsync(string commentId, CancellationToken cancellationToken) =>
        api.SendAsync<Nothing>(HttpMethod.Delete, "/api/v1/comments/" + Uri.EscapeDataString(commentId), null, cancellationToken);
}
