using Pamps.ApiService.Auth;
using Pamps.ApiService.Outbox;

namespace Pamps.ApiService.Features.Notifications;

internal static class NotificationEndpoints
{
    public static void AddNotifications(this IHostApplicationBuilder builder)
    {
        builder.Services.AddScoped<NotificationWriter>();
        builder.Services.AddEventHandler<AccountFollowed, NotifyOnFollow>();
        builder.Services.AddEventHandler<ImportCompleted, NotifyOnImport>();
        builder.Services.AddEventHandler<PostCreated, NotifyOnPost>();
        builder.Services.AddEventHandler<PostEdited, NotifyOnPost>();
        builder.Services.AddEventHandler<PostLiked, NotifyOnLike>();
        builder.Services.AddEventHandler<ReportFiled, NotifyOnReport>();
        builder.Services.AddEventHandler<ReportResolved, NotifyOnReport>();
    }

    public static void MapNotifications(this IEndpointRouteBuilder routes)
    {
        var notifications = routes.MapGroup("/api/v1/notifications").WithTags("Notifications");
        notifications.MapGet("/", ListNotifications.HandleAsync).WithName(nameof(ListNotifications)).RequireScope(Scopes.ReadNotifications);
        notifications.MapGet("/unread-count", CountUnread.HandleAsync).WithName(nameof(CountUnread)).RequireScope(Scopes.ReadNotifications);
        notifications.MapPost("/read", MarkNotificationsRead.HandleAsync).WithName(nameof(MarkNotificationsRead)).RequireScope(Scopes.WriteNotifications);
    }
}
