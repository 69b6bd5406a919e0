using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Http;
using Pamps.ApiService.Outbox;

namespace Pamps.ApiService.Features.Posts;

internal static class PostEndpoints
{
    public static void AddPosts(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHostedService<PurgeDeletedPosts>();
        builder.Services.AddEventHandler<PostReindexRequested, ReindexPosts>();
    }

    public static void MapPosts(this IEndpointRouteBuilder routes)
    {
        var posts = routes.MapGroup("/api/v1/posts").WithTags("Posts");
        posts.MapPost("/", CreatePost.HandleAsync).WithName(nameof(CreatePost)).RequireScope(Scopes.WritePosts).Idempotent().Refuses(ProblemCodes.NotFound);
        posts.MapGet("/{postId:long}", GetPost.HandleAsync).WithName(nameof(GetPost)).Refuses(ProblemCodes.Gone);
        posts.MapPut("/{postId:long}", EditPost.HandleAsync).WithName(nameof(EditPost)).RequireScope(Scopes.WritePosts).Refuses(ProblemCodes.VersionMismatch);
        posts.MapDelete("/{postId:long}", DeletePost.HandleAsync).WithName(nameof(DeletePost)).RequireScope(Scopes.WritePosts).Refuses(ProblemCodes.Gone);
        posts.MapPost("/{postId:long}/restore", RestorePost.HandleAsync).WithName(nameof(RestorePost)).RequireScope(Scopes.WritePosts).Refuses(ProblemCodes.Gone);
        posts.MapGet("/{postId:long}/thread", GetThread.HandleAsync).WithName(nameof(GetThread)).Refuses(ProblemCodes.Gone);
        posts.MapGet("/{postId:long}/replies", ListReplies.HandleAsync).WithName(nameof(ListReplies));
        posts.MapGet("/{postId:long}/history", GetPostHistory.HandleAsync).WithName(nameof(GetPostHistory));
        posts.MapGet("/{postId:long}/source", GetPostSource.HandleAsync).WithName(nameof(GetPostSource)).RequireScope(Scopes.WritePosts);
        routes.MapGet("/api/v1/accounts/{username}/posts.rss", ReadAccountRss.HandleAsync).WithName(nameof(ReadAccountRss)).WithTags("Posts").Produces(StatusCodes.Status200OK, contentType: RssFeed.ContentType).Produces(StatusCodes.Status304NotModified);
        routes.MapGet("/api/v1/accounts/{username}/posts", ListAccountPosts.HandleAsync).WithName(nameof(ListAccountPosts)).WithTags("Posts");
    }
}
