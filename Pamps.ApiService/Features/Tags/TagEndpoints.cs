using Pamps.ApiService.Contracts;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Tags;

internal static class TagEndpoints
{
    public static void MapTags(this IEndpointRouteBuilder routes)
    {
        var tags = routes.MapGroup("/api/v1/tags").WithTags("Tags");
        tags.MapGet("/", ListTags.HandleAsync).WithName(nameof(ListTags));
        tags.MapGet("/{tag}/posts.rss", ReadTagRss.HandleAsync).WithName(nameof(ReadTagRss)).Produces(StatusCodes.Status200OK, contentType: RssFeed.ContentType).Produces(StatusCodes.Status304NotModified).FindsAnything().Refuses(ProblemCodes.ValidationFailed);
        tags.MapGet("/{tag}/posts", ReadTagFeed.HandleAsync).WithName(nameof(ReadTagFeed)).FindsAnything();
    }
}
