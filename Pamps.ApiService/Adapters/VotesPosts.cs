using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Features.Likes;
using Pamps.ApiService.Features.Posts;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Adapters;

/// <summary>Posts of the votes API and the votes for them, which are likes.</summary>
internal static class VotesPosts
{
    private const string NotYours = "Not authorized to perform requested action";

    private const int LimitMax = 1_000;

    public static IResult ListPosts(HttpContext http, PampsDbContext db, CurrentUser user)
    {
        var input = new OlderInput(http);
        var limit = input.QueryInteger("limit", 10, 0, LimitMax);
        var skip = input.QueryInteger("skip", 0, 0, Int128.MaxValue);
        var page = input.QueryInteger("page", 1, 1, Int128.MaxValue);
        var search = input.QueryText("search", "");
        var sort = input.QueryText("sort", "created_at");
        if (http.Request.Query.ContainsKey("page") && http.Request.Query.ContainsKey("skip"))
        {
            input.Add("give page or skip, not both", "value_error", "query", "page");
        }

        if (sort is not ("created_at" or "-created_at"))
        {
            input.Add("use created_at or -created_at", "value_error.const", "query", "sort");
        }

        if (!input.IsValid)
        {
            return input.Refusal;
        }

        var posts = Visible(db, user).Where(post => post.ParentId == null);
        if (search.Length > 0)
        {
            // Contains becomes a position and not a pattern: % and _ are themselves.
            posts = posts.Where(post => (post.Title ?? "").Contains(search));
        }

        var ordered = sort == "created_at"
            ? posts.OrderBy(post => post.CreatedAt).ThenBy(post => post.Id)
            : posts.OrderByDescending(post => post.CreatedAt).ThenByDescending(post => post.Id);
        var offset = Int128.Min(int.MaxValue, skip > 0 ? skip : Int128.Min(page, int.MaxValue) is var number ? (number - 1) * limit : 0);
        return new OlderList<VotedPostBody>(Shape(ordered.Skip((int)offset).Take((int)limit)).AsAsyncEnumerable());
    }

    public static async Task<IResult> GetPostAsync(HttpContext http, PampsDbContext db, CurrentUser user, CancellationToken cancellationToken)
    {
        var input = new OlderInput(http);
        var id = input.PathInteger("id");
        if (!input.IsValid)
        {
            return input.Refusal;
        }

        var found = await FindAsync(db, user, id, cancellationToken);
        return found is null ? Older.Detail(404, $"post with id: {id} was not found") : Older.Answer(200, found);
    }

    public static async Task<IResult> CreatePostAsync(
        HttpContext http, PampsDbContext db, PostProjection posts, CurrentUser user, TimeProvider clock, CancellationToken cancellationToken)
    {
        var input = new OlderInput(http);
        await input.ReadJsonAsync(cancellationToken);
        var (title, content, published) = ReadPost(input);
        if (!input.IsValid)
        {
            return input.Refusal;
        }

        var request = new CreatePostRequest { Text = content, Title = title, Published = published };
        var outcome = await CreatePost.WriteAsync(request, PostLimits.TextColumn, db, posts, user.RequiredId, clock, cancellationToken);
        return outcome.Result switch
        {
            Created<PostResponse> { Value: { } post } => Older.Answer(201, (await FindAsync(db, user, OlderId.Parse(post.Id), cancellationToken))!.Post),
            ProblemHttpResult problem => OlderRefusal.Of(problem, "", ("text", "content")),
            _ => throw new InvalidOperationException(),
        };
    }

    public static async Task<IResult> EditPostAsync(
        HttpContext http, PampsDbContext db, PostProjection posts, CurrentUser user, TimeProvider clock, CancellationToken cancellationToken)
    {
        var input = new OlderInput(http);
        var id = input.PathInteger("id");
        await input.ReadJsonAsync(cancellationToken);
        var (title, content, published) = ReadPost(input);
        if (!input.IsValid)
        {
            return input.Refusal;
        }

        var missing = $"post with id: {id} does not exist";
        if (await OlderOwner.RefuseAsync(Visible(db, user), id, user, missing, NotYours, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var request = new EditPostRequest { Text = content, Title = title, Published = published };
        var outcome = await EditPost.WriteAsync((long)id, request, PostLimits.TextColumn, db, posts, user.RequiredId, clock, http, cancellationToken);
        return outcome.Result switch
        {
            Ok<PostResponse> => Older.Answer(200, (await FindAsync(db, user, id, cancellationToken))!.Post),
            ProblemHttpResult problem => OlderRefusal.Of(problem, missing, ("text", "content")),
            _ => throw new InvalidOperationException(),
        };
    }

    public static async Task<IResult> DeletePostAsync(
        HttpContext http, PampsDbContext db, CurrentUser user, TimeProvider clock, CancellationToken cancellationToken)
    {
        var input = new OlderInput(http);
        var id = input.PathInteger("id");
        if (!input.IsValid)
        {
            return input.Refusal;
        }

        var missing = $"post with id: {id} does not exist";
        if (await OlderOwner.RefuseAsync(Visible(db, user), id, user, missing, NotYours, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var outcome = await DeletePost.HandleAsync((long)id, db, user, clock, cancellationToken);
        return outcome.Result is ProblemHttpResult problem ? OlderRefusal.Of(problem, missing) : TypedResults.NoContent();
    }

    public static async Task<IResult> VoteAsync(
        HttpContext http, PampsDbContext db, CurrentUser user, TimeProvider clock, CancellationToken cancellationToken)
    {
        var input = new OlderInput(http);
        await input.ReadJsonAsync(cancellationToken);
        var id = input.Integer("post_id", Int128.MinValue, Int128.MaxValue);
        var direction = input.Integer("dir", Int128.MinValue, 1);
        if (!input.IsValid)
        {
            return input.Refusal;
        }

        var missing = $"Post with id: {id} does not exist";
        if (!OlderId.TryRead(id, out var postId))
        {
            return Older.Detail(404, missing);
        }

        var outcome = direction == 1
            ? await LikePost.HandleAsync(postId, db, user, clock, cancellationToken)
            : await UnlikePost.HandleAsync(postId, db, user, cancellationToken);
        return outcome.Result switch
        {
            Ok<LikeResponse> { Value: { Changed: true, Liked: true } } => Older.Answer(201, new MessageBody("successfully added vote")),
            Ok<LikeResponse> { Value: { Changed: true, Liked: false } } => Older.Answer(201, new MessageBody("successfully deleted vote")),
            // Spelled as clients know it.
            Ok<LikeResponse> { Value.Liked: true } => Older.Detail(409, $"user {user.RequiredId} has alredy voted on post {postId}"),
            Ok<LikeResponse> => Older.Detail(404, "Vote does not exist"),
            ProblemHttpResult problem => OlderRefusal.Of(problem, missing),
            _ => throw new InvalidOperationException(),
        };
    }

    private static (string Title, string Content, bool Published) ReadPost(OlderInput input)
    {
        var title = input.Text("title", PostLimits.TitleMax, blankAllowed: true);
        var content = input.Text("content", PostLimits.TextColumn);
        return (title, content, input.Boolean("published", fallback: true));
    }

    /// <summary>Posts of others and one's own, drafts of one's own.</summary>
    private static IQueryable<Post> Visible(PampsDbContext db, CurrentUser user) => db.Posts.AsNoTracking().VisibleTo(db, user.RequiredId);

    private static async Task<VotedPostBody?> FindAsync(PampsDbContext db, CurrentUser user, Int128 id, CancellationToken cancellationToken) =>
        OlderId.TryRead(id, out var postId)
            ? await Shape(Visible(db, user).Where(post => post.Id == postId)).SingleOrDefaultAsync(cancellationToken)
            : null;

    private static IQueryable<VotedPostBody> Shape(IQueryable<Post> posts) =>
        posts.Select(post => new VotedPostBody(
            new TitledPostBody(
                post.Title ?? "",
                post.Text,
                post.Published,
                post.Id,
                Older.OffsetDate(post.CreatedAt),
                post.AuthorId,
                new VoterBody(post.AuthorId, post.Author.Email!, Older.OffsetDate(post.Author.CreatedAt))),
            post.LikeCount));
}
