using Pamps.ApiService.Contracts;

namespace Pamps.Web.ApiClient;

/// <summary>Notifications of the visitor.</summary>
internal sealed class NotificationsClient(ApiConnection api)
{
    /// <summary>A page of notifications, newest first.</summary>
    public Task<ApiResult<Page<NotificationResponse>>> ListAsync(PageRequest page, string? types, CancellationToken cancellationToken) =>
        api.GetAsync<Page<NotificationResponse>>(
            page.AppendTo(types is null ? "/api/v1/notifications" : $"/api/v1/notifications?types={Uri.EscapeDataString(types)}"), cancellationToken);

    /// <summary>How many are unread, up to a bound.</summary>
    public Task<ApiResult<UnreadCountResponse>> UnreadCountAsync(CancellationToken cancellationToken) =>
        api.GetAsync<UnreadCountResponse>("/api/v1/notifications/unread-count", cancellationToken);

    /// <summary>Marks everything up to a notification read.</summary>
    public Task<ApiResult<Nothing>> MarkReadAsync(string upToId, CancellationToken cancellationToken) =>
        api.SendAsync<Nothing>(HttpMethod.Post, "/api/v1/notifications/read", new MarkNotificationsReadRequest { UpToId = upToId }, cancellationToken);
}
