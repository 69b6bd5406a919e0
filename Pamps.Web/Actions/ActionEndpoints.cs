using Pamps.Web.Http;

namespace Pamps.Web.Actions;

/// <summary>Where buttons send: each does one thing through the API and leads back to the page it was pressed on.</summary>
internal static class ActionEndpoints
{
    /// <summary>Maps the actions: posts with an antiforgery token, two with a signed form, and one download. GET changes nothing.</summary>
    public static void MapActions(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/sign-out", SignOut.HandleAsync);
        // No cookie travels into the frame of another site, so there is none to bind a token to: see docs/decisions/0017.
        // The page of a thread has the same form, because the pages of strangers set no cookie either.
        routes.MapPost(PageHeaders.EmbedGuestPath, AddGuestComment.HandleAsync).DisableAntiforgery();
        routes.MapPost(PageHeaders.ContentGuestPath, AddGuestComment.HandleAsync).DisableAntiforgery();
        var actions = routes.MapGroup("").RequireAuthorization();
        actions.MapPost("/posts/{postId:long}/like", LikePost.HandleAsync);
        actions.MapPost("/posts/{postId:long}/bookmark", BookmarkPost.HandleAsync);
        actions.MapPost("/posts/{postId:long}/restore", RestorePost.HandleAsync);
        actions.MapPost("/notifications/read", MarkNotificationsRead.HandleAsync);
        actions.MapBilling();
        actions.MapGet("/settings/data/exports/{exportId}", DownloadExport.HandleAsync);
        actions.MapPost("/@{username}/{relation:regex(^(follow|block|mute)$)}", SetRelation.HandleAsync);
    }
}
