using Microsoft.AspNetCore.Http.HttpResults;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Posts;

internal static class GetPost
{
    /// <summary>Reads a post. A deleted one answers 410 for as long as its place in a thread is kept.</summary>
    public static async Task<Results<PostAnswer, ProblemHttpResult>> HandleAsync(
        long postId, PostCache posts, ReaderCache readers, CurrentUser user, HttpContext context, CancellationToken cancellationToken)
    {
        var post = posts.Find(postId) ?? await posts.ReadAsync(Database(), postId, cancellationToken);
        if (post is null)
        {
            return Problems.NotFound();
        }

        if (user.ReaderId is not { } readerId)
        {
            return Visibility.CanRead(post, reader: null) ? new PostAnswer(post, PostFlags.None)
                : post.State is PostState.Gone ? Problems.Gone()
                : Problems.NotFound();
        }

        var reader = readers.Find(readerId) ?? await readers.ReadAsync(Database(), readerId, cancellationToken);
        if (!Visibility.CanRead(post, reader))
        {
            return post.State is PostState.Gone && !reader.IsBlocked(post.AuthorId) ? Problems.Gone() : Problems.NotFound();
        }

        var flags = new PostFlags[1];
        return reader.TryGetFlags([post], flags)
            ? new PostAnswer(post, flags[0])
            : new PostAnswer(post, (await ReaderCache.FlagsAsync(Database(), reader, [post], cancellationToken))[0]);

        // Only asked for when memory does not know: renting a context costs as much as the whole rest.
        PampsDbContext Database() => context.RequestServices.GetRequiredService<PampsDbContext>();
    }
}
