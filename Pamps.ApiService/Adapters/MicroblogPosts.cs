using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Features.Likes;
using Pamps.ApiService.Features.Posts;
using Pamps.ApiService.Http;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Adapters;

/// <summary>Posts of the micro-blog API with replies and likes, everything oldest first.</summary>
internal static class MicroblogPosts
{
    private const string NoPost = "Post not found";

    public static IResult ListTimeline(HttpContext http, PampsDbContext db, CurrentUser user, TimeProvider clock)
    {
        var input = new OlderInput(http);
        var replies = input.QueryBoolean("include_replies", fallback: false);
        if (!input.IsValid)
        {
            return input.Refusal;
        }

        var me = user.RequiredId;
        return List(db.Posts.ListedFor(db, me, clock.GetUtcNow())
            .Where(post => db.Follows.Any(follow => follow.FollowerId == me && follow.FolloweeId == post.AuthorId) && (replies || post.ParentId == null)));
    }

    public static OlderList<PostBody> ListPosts(PampsDbContext db, CurrentUser user) =>
        List(Published(db, user).Where(post => post.ParentId == null));

    public static IResult ListUserPosts(HttpContext http, PampsDbContext db, CurrentUser user)
    {
        var input = new OlderInput(http);
        var replies = input.QueryBoolean("include_replies", fallback: false);
        var username = MicroblogUsers.UsernameOf(http);
        return input.IsValid
            ? List(Published(db, user).Where(post => post.Author.Username == username && (replies || post.ParentId == null)))
            : input.Refusal;
    }

    public static OlderList<PostBody> ListLikedPosts(HttpContext http, PampsDbContext db, CurrentUser user)
    {
        var username = MicroblogUsers.UsernameOf(http);
        return List(Published(db, user).Where(post => db.Likes.Any(like => like.PostId == post.Id && like.Account.Username == username
            && like.Account.SuspendedAt == null && like.Account.DeletedAt == null)));
    }

    public static async Task<IResult> GetPostAsync(HttpContext http, PampsDbContext db, CurrentUser user, CancellationToken cancellationToken)
    {
        var input = new OlderInput(http);
        var id = input.PathInteger("post_id");
        if (!input.IsValid)
        {
            return input.Refusal;
        }

        var post = await ReadAsync(db, user, id, cancellationToken);
        if (post is null)
        {
            return Older.Detail(404, NoPost);
        }

        var replies = await Shape(Published(db, user).Where(reply => reply.ParentId == post.Id)).ToListAsync(cancellationToken);
        return Older.Answer(200, new PostDetailBody(post.Id, post.Text, post.Date, post.UserId, post.ParentId, replies));
    }

    public static async Task<IResult> CreatePostAsync(
        HttpContext http, PampsDbContext db, PostProjection posts, CurrentUser user, TimeProvider clock, CancellationToken cancellationToken)
    {
        var input = new OlderInput(http);
        await input.ReadJsonAsync(cancellationToken);
        var text = input.Text("text", PostLimits.TextColumn);
        var parent = input.OptionalInteger("parent_id");
        if (!input.IsValid)
        {
            return input.Refusal;
        }

        if (parent is { } asked && !OlderId.TryRead(asked, out _))
        {
            return Older.Detail(404, NoPost);
        }

        var request = new CreatePostRequest { Text = text, ParentId = parent is { } id ? WireId.Format((long)id) : null };
        var outcome = await CreatePost.WriteAsync(request, PostLimits.TextColumn, db, posts, user.RequiredId, clock, cancellationToken);
        return outcome.Result switch
        {
            Created<PostResponse> { Value: { } post } => Older.Answer(201, Shape(post)),
            ProblemHttpResult problem => OlderRefusal.Of(problem, NoPost, ("parentId", "parent_id")),
            _ => throw new InvalidOperationException(),
        };
    }

    public static async Task<IResult> EditPostAsync(
        HttpContext http, PampsDbContext db, PostProjection posts, CurrentUser user, TimeProvider clock, CancellationToken cancellationToken)
    {
        var input = new OlderInput(http);
        var id = input.PathInteger("post_id");
        await input.ReadJsonAsync(cancellationToken);
        var text = input.Text("text", PostLimits.TextColumn);
        if (!input.IsValid)
        {
            return input.Refusal;
        }

        if (await OlderOwner.RefuseAsync(Published(db, user), id, user, NoPost, "Not the author of this post", cancellationToken) is { } refusal)
        {
            return refusal;
        }

        // The title is none of this API's business: it stays.
        var title = await db.Posts.Where(post => post.Id == (long)id).Select(post => post.Title).SingleAsync(cancellationToken);
        var outcome = await EditPost.WriteAsync(
            (long)id, new EditPostRequest { Text = text, Title = title }, PostLimits.TextColumn, db, posts, user.RequiredId, clock, http, cancellationToken);
        return outcome.Result switch
        {
            Ok<PostResponse> { Value: { } post } => Older.Answer(200, Shape(post)),
            ProblemHttpResult problem => OlderRefusal.Of(problem, NoPost),
            _ => throw new InvalidOperationException(),
        };
    }

    public static async Task<IResult> DeletePostAsync(
        HttpContext http, PampsDbContext db, CurrentUser user, TimeProvider clock, CancellationToken cancellationToken)
    {
        var input = new OlderInput(http);
        var id = input.PathInteger("post_id");
        if (!input.IsValid)
        {
            return input.Refusal;
        }

        if (await OlderOwner.RefuseAsync(Published(db, user), id, user, NoPost, "Not the author of this post", cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var outcome = await DeletePost.HandleAsync((long)id, db, user, clock, cancellationToken);
        return outcome.Result is ProblemHttpResult problem ? OlderRefusal.Of(problem, NoPost) : TypedResults.NoContent();
    }

    public static async Task<IResult> LikeAsync(
        HttpContext http, PampsDbContext db, CurrentUser user, TimeProvider clock, CancellationToken cancellationToken)
    {
        var input = new OlderInput(http);
        var id = input.PathInteger("post_id");
        if (!input.IsValid)
        {
            return input.Refusal;
        }

        if (!OlderId.TryRead(id, out var postId))
        {
            return Older.Detail(404, NoPost);
        }

        var outcome = await LikePost.HandleAsync(postId, db, user, clock, cancellationToken);
        return outcome.Result switch
        {
            Ok<LikeResponse> { Value.Changed: true } => Older.Answer(201, new LikeBody(postId, user.RequiredId)),
            Ok<LikeResponse> => Older.Detail(409, "Post already liked"),
            ProblemHttpResult problem => OlderRefusal.Of(problem, NoPost),
            _ => throw new InvalidOperationException(),
        };
    }

    public static async Task<IResult> UnlikeAsync(HttpContext http, PampsDbContext db, CurrentUser user, CancellationToken cancellationToken)
    {
        var input = new OlderInput(http);
        var id = input.PathInteger("post_id");
        if (!input.IsValid)
        {
            return input.Refusal;
        }

        if (!OlderId.TryRead(id, out var postId))
        {
            return Older.Detail(404, NoPost);
        }

        var outcome = await UnlikePost.HandleAsync(postId, db, user, cancellationToken);
        return outcome.Result switch
        {
            Ok<LikeResponse> { Value.Changed: true } => TypedResults.NoContent(),
            Ok<LikeResponse> => Older.Detail(404, "Post not liked"),
            ProblemHttpResult problem => OlderRefusal.Of(problem, NoPost),
            _ => throw new InvalidOperationException(),
        };
    }

    /// <summary>Drafts do not exist in this API, not even for their author.</summary>
    private static IQueryable<Post> Published(PampsDbContext db, CurrentUser user) =>
        db.Posts.AsNoTracking().VisibleTo(db, user.Id).Where(post => post.Published);

    private static async Task<PostBody?> ReadAsync(PampsDbContext db, CurrentUser user, Int128 id, CancellationToken cancellationToken) =>
        OlderId.TryRead(id, out var postId) ? await Shape(Published(db, user).Where(post => post.Id == postId)).SingleOrDefaultAsync(cancellationToken) : null;

    private static OlderList<PostBody> List(IQueryable<Post> posts) => new(Shape(posts).AsAsyncEnumerable());

    private static IQueryable<PostBody> Shape(IQueryable<Post> posts) =>
        posts.OrderBy(post => post.CreatedAt).ThenBy(post => post.Id)
            .Select(post => new PostBody(post.Id, post.Text, Older.NaiveDate(post.CreatedAt), post.AuthorId, post.ParentId));

    private static PostBody Shape(PostResponse post) =>
        new(OlderId.Parse(post.Id), post.Text, Older.NaiveDate(post.CreatedAt), OlderId.Parse(post.Author!.Id), post.ParentId is null ? null : OlderId.Parse(post.ParentId));
}
