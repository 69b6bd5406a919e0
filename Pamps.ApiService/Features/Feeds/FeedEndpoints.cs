using Pamps.ApiService.Auth;
using Pamps.ApiService.Outbox;

namespace Pamps.ApiService.Features.Feeds;

internal static class FeedEndpoints
{
    public static void AddFeeds(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<FeedOptions>().BindConfiguration("Feeds").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<DropCopies>();
        builder.Services.AddSingleton<ICommitObserver>(services => services.GetRequiredService<DropCopies>());
        builder.Services.AddSingleton<FeedStore>();
        builder.Services.AddSingleton<HomeFeed>();
        builder.Services.AddSingleton<PublicPosts>();
        builder.Services.AddSingleton<PruneFeeds>();
        builder.Services.AddSingleton<RebuildQueue>();
        builder.Services.AddHostedService(services => services.GetRequiredService<PruneFeeds>());
        builder.Services.AddHostedService(services => services.GetRequiredService<RebuildQueue>());
        builder.Services.AddEventHandler<AccountFollowed, MergeFollow>();
        builder.Services.AddEventHandler<AccountUnfollowed, MergeFollow>();
        builder.Services.AddEventHandler<AccountPurged, DeleteFeed>();
        builder.Services.AddEventHandler<AccountVisibilityChanged, DeleteFeed>();
        builder.Services.AddEventHandler<FeedRebuildRequested, RebuildFeeds>();
        builder.Services.AddEventHandler<PostCreated, FanOutPost>();
    }

    public static void MapFeeds(this IEndpointRouteBuilder routes)
    {
        var feeds = routes.MapGroup("/api/v1").WithTags("Feeds");
        feeds.MapGet("/feeds/home", ReadHomeFeed.HandleAsync).WithName(nameof(ReadHomeFeed)).RequireScope(Scopes.ReadPosts);
        feeds.MapGet("/feeds/public", ReadPublicFeed.HandleAsync).WithName(nameof(ReadPublicFeed));
        feeds.MapGet("/me/markers/{feed}", GetMarker.HandleAsync).WithName(nameof(GetMarker)).RequireScope(Scopes.ReadPosts);
        feeds.MapPut("/me/markers/{feed}", SaveMarker.HandleAsync).WithName(nameof(SaveMarker)).RequireScope(Scopes.WriteNotifications);
    }
}
