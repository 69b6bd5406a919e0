using Pamps.ApiService.Auth;
using Pamps.ApiService.Outbox;

namespace Pamps.ApiService.Features.Streams;

internal static class StreamEndpoints
{
    public static void AddStream(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<LiveStream>();
        builder.Services.AddSingleton<StreamStore>();
        builder.Services.AddEventHandler<AccountBlocked, PushNotification>();
        builder.Services.AddEventHandler<AccountUnblocked, PushNotification>();
        builder.Services.AddEventHandler<ImportAdvanced, PushImport>();
        builder.Services.AddEventHandler<ImportCompleted, PushImport>();
        builder.Services.AddEventHandler<MuteChanged, PushNotification>();
        builder.Services.AddEventHandler<NotificationCreated, PushNotification>();
        builder.Services.AddEventHandler<NotificationsRead, PushNotification>();
        builder.Services.AddEventHandler<PostCreated, PushPost>();
        builder.Services.AddEventHandler<PostEdited, PushPost>();
        builder.Services.AddEventHandler<PostRemoved, PushPost>();
    }

    public static void MapStream(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/stream", OpenStream.HandleAsync).WithName(nameof(OpenStream)).WithTags("Stream")
            .RequireScope(Scopes.ReadNotifications).DisableRequestTimeout();
    }
}
