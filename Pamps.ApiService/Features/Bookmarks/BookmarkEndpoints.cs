using Pamps.ApiService.Auth;

namespace Pamps.ApiService.Features.Bookmarks;

internal static class BookmarkEndpoints
{
    public static void MapBookmarks(this IEndpointRouteBuilder routes)
    {
        var bookmarks = routes.MapGroup("/api/v1").WithTags("Bookmarks");
        bookmarks.MapPut("/posts/{postId:long}/bookmark", BookmarkPost.HandleAsync).WithName(nameof(BookmarkPost)).RequireScope(Scopes.WriteBookmarks);
        bookmarks.MapDelete("/posts/{postId:long}/bookmark", RemoveBookmark.HandleAsync).WithName(nameof(RemoveBookmark)).RequireScope(Scopes.WriteBookmarks);
        bookmarks.MapGet("/me/bookmarks", ListBookmarks.HandleAsync).WithName(nameof(ListBookmarks)).RequireScope(Scopes.ReadBookmarks);
    }
}
