using Microsoft.AspNetCore.Cors.Infrastructure;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Comments;

internal static class CommentEndpoints
{
    /// <summary>Registers the sites that embed threads, with their origins.</summary>
    public static void AddComments(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<CommentOptions>().BindConfiguration("Comments");
        builder.Services.AddSingleton<CommentSites>();
        builder.Services.AddSingleton<CommentMetrics>();
        builder.Services.AddHostedService<PurgeDeletedComments>();
        builder.Services.AddCors();
        builder.Services.AddSingleton<ICorsPolicyProvider, CommentCors>();
    }

    /// <summary>The content id is in the query: in a path <c>%2F</c> and dot segments would make two ids one.</summary>
    public static void MapComments(this IEndpointRouteBuilder routes)
    {
        var content = routes.MapGroup("/api/v1/content").WithTags("Comments").RequireCors(CommentCors.Policy);
        content.MapGet("/", GetContentThread.HandleAsync).WithName(nameof(GetContentThread)).Refuses(ProblemCodes.NotFound);
        content.MapPatch("/", SetThreadState.HandleAsync).WithName(nameof(SetThreadState)).RequireScope(Scopes.AdminWrite).RequireModerator();
        content.MapGet("/comments", ListComments.HandleAsync).WithName(nameof(ListComments)).Refuses(ProblemCodes.NotFound);
        content.MapPost("/comments", AddComment.HandleAsync).WithName(nameof(AddComment)).Idempotent().Limited(RateLimit.GuestComments).Refuses(ProblemCodes.NotFound, ProblemCodes.ThreadLocked);
        content.MapGet("/comments.rss", CommentRss.HandleAsync).WithName(nameof(CommentRss)).Produces(StatusCodes.Status200OK, contentType: RssFeed.ContentType).Produces(StatusCodes.Status304NotModified).Refuses(ProblemCodes.NotFound);
        content.MapGet("/counts", CountComments.HandleAsync).WithName(nameof(CountComments));
        content.MapPost("/counts", CountManyComments.HandleAsync).WithName(nameof(CountManyComments));
        content.MapPost("/move", MoveThread.HandleAsync).WithName(nameof(MoveThread)).RequireScope(Scopes.AdminWrite).RequireModerator();

        var comments = routes.MapGroup("/api/v1/comments/{commentId:long}").WithTags("Comments").RequireCors(CommentCors.Policy);
        comments.MapGet("/", GetComment.HandleAsync).WithName(nameof(GetComment)).Refuses(ProblemCodes.Gone);
        comments.MapPatch("/", EditComment.HandleAsync).WithName(nameof(EditComment)).RequireScope(Scopes.WriteComments).Refuses(ProblemCodes.VersionMismatch);
        comments.MapDelete("/", DeleteComment.HandleAsync).WithName(nameof(DeleteComment)).RequireScope(Scopes.WriteComments);
        comments.MapPost("/restore", RestoreComment.HandleAsync).WithName(nameof(RestoreComment)).RequireScope(Scopes.WriteComments)
            .Refuses(ProblemCodes.ThreadLocked, ProblemCodes.Gone);
        comments.MapGet("/history", GetCommentHistory.HandleAsync).WithName(nameof(GetCommentHistory));
        comments.MapPost("/approve", ApproveComment.HandleAsync).WithName(nameof(ApproveComment)).RequireScope(Scopes.AdminWrite).RequireModerator();

        routes.MapGet("/api/v1/admin/comments/pending", ListPendingComments.HandleAsync).WithName(nameof(ListPendingComments))
            .WithTags("Comments").RequireScope(Scopes.AdminRead).RequireModerator();
    }
}
