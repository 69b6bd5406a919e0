using Pamps.ApiService.Auth;

namespace Pamps.ApiService.Features.Likes;

internal static class LikeEndpoints
{
    public static void MapLikes(this IEndpointRouteBuilder routes)
    {
        var likes = routes.MapGroup("/api/v1").WithTags("Likes");
        likes.MapPut("/posts/{postId:long}/like", LikePost.HandleAsync).WithName(nameof(LikePost)).RequireScope(Scopes.WriteLikes);
        likes.MapDelete("/posts/{postId:long}/like", UnlikePost.HandleAsync).WithName(nameof(UnlikePost)).RequireScope(Scopes.WriteLikes);
        likes.MapGet("/posts/{postId:long}/likes", ListLikers.HandleAsync).WithName(nameof(ListLikers));
        likes.MapGet("/accounts/{username}/likes", ListLikedPosts.HandleAsync).WithName(nameof(ListLikedPosts));
    }
}
