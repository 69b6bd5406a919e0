using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Outbox;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Posts;

internal static class CreatePost
{
    /// <summary>Publishes a post, or a reply when a parent is given; or keeps a draft.</summary>
    public static Task<Results<Created<PostResponse>, ProblemHttpResult>> HandleAsync(
        CreatePostRequest request, PampsDbContext db, PostProjection posts, CurrentUser user, TimeProvider clock, CancellationToken cancellationToken) =>
        WriteAsync(request, PostLimits.TextGraphemes, db, posts, user.RequiredId, clock, cancellationToken);

    /// <summary>The same with another limit: older clients may write longer texts.</summary>
    public static async Task<Results<Created<PostResponse>, ProblemHttpResult>> WriteAsync(
        CreatePostRequest request, int lengthMax, PampsDbContext db, PostProjection posts, long authorId, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!PostText.TryParse(request.Text, lengthMax, out var text, out var problem))
        {
            return Problems.Invalid("text", problem);
        }

        if (!PostTitle.TryClean(request.Title, out var title))
        {
            return Problems.Invalid("title", PostTitle.Rule);
        }

        if (!PostLanguage.TryClean(request.Lang, out var lang))
        {
            return Problems.Invalid("lang", PostLanguage.Rule);
        }

        Place? parent = null;
        if (request.ParentId is not null)
        {
            if (!WireId.TryParse(request.ParentId, out var parentId))
            {
                return Problems.Invalid("parentId", "Must be the id of a post.");
            }

            parent = await db.Posts.VisibleTo(db, authorId).Where(post => post.Id == parentId && post.Published)
                .Select(post => new Place(post.Id, post.RootId, post.Depth)).SingleOrDefaultAsync(cancellationToken);
            if (parent is null)
            {
                return Problems.NotFound();
            }

            if (parent.Depth >= PostLimits.DepthMax)
            {
                return Problems.Invalid("parentId", $"The thread is at its greatest depth, {PostLimits.DepthMax}.");
            }
        }

        var post = new Post
        {
            Id = await db.NextIdAsync<Post>(cancellationToken),
            AuthorId = authorId,
            Title = title,
            Text = text.Value,
            Lang = lang,
            ParentId = parent?.Id,
            RootId = parent?.RootId ?? parent?.Id,
            Depth = parent is null ? 0 : parent.Depth + 1,
            CreatedAt = clock.GetUtcNow(),
            Published = request.Published,
        };
        await PostReferences.ApplyAsync(db, post, text, cancellationToken);
        db.Posts.Add(post);
        if (post.Published)
        {
            db.Publish(new PostCreated(post.Id, authorId, post.ParentId));
        }

        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.Created(
            $"/api/v1/posts/{WireId.Format(post.Id)}", await posts.ReadUncommittedAsync(post.Id, authorId, cancellationToken));
    }

    private sealed record Place(long Id, long? RootId, int Depth);
}
