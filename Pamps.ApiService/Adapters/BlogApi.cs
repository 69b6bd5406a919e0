using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Features.Posts;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Adapters;

/// <summary>
/// The tutorial blog over the same posts: <c>body</c> is the text. Unlike the original the author is who calls, and only
/// the author changes a post. Its <c>/login</c> and <c>/user</c> are those of the other older APIs.
/// </summary>
internal static class BlogApi
{
    public static void MapBlogApi(this IEndpointRouteBuilder routes)
    {
        var blogs = routes.MapOlder("Blogs");
        blogs.MapGet("/blog/", ListAsync).Says("BlogList", "Lists posts that are no replies, with their authors.").SignedIn(Scopes.ReadPosts).Answers<List<ShowBlogBody>>(200);
        blogs.MapPost("/blog/", CreateAsync).Says("BlogCreate", "Writes a post.").SignedIn(Scopes.WritePosts).TakesJson<BlogRequest>().Answers<BlogBody>(201, 422);
        blogs.MapGet("/blog/{id}", GetAsync).Says("BlogGet", "Reads a post with its author and the author's posts.").SignedIn(Scopes.ReadPosts).Answers<ShowBlogBody>(200, 404, 422);
        blogs.MapPut("/blog/{id}", EditAsync).Says("BlogEdit", "Replaces one's post.").SignedIn(Scopes.WritePosts).TakesJson<BlogRequest>().Answers<BlogBody>(202, 403, 404, 422);
        blogs.MapDelete("/blog/{id}", DeleteAsync).Says("BlogDelete", "Deletes one's post.").SignedIn(Scopes.WritePosts).Answers(204, 403, 404, 422);
    }

    private static async Task<IResult> ListAsync(PampsDbContext db, CurrentUser user, CancellationToken cancellationToken) =>
        Older.Answer(200, await ShowAsync(db, user, Visible(db, user).Where(post => post.ParentId == null), cancellationToken));

    private static async Task<IResult> GetAsync(HttpContext http, PampsDbContext db, CurrentUser user, CancellationToken cancellationToken)
    {
        var input = new OlderInput(http);
        var id = input.PathInteger("id");
        if (!input.IsValid)
        {
            return input.Refusal;
        }

        var found = OlderId.TryRead(id, out var postId) ? await ShowAsync(db, user, Visible(db, user).Where(post => post.Id == postId), cancellationToken) : [];
        return found is [var blog] ? Older.Answer(200, blog) : Older.Detail(404, $"Blog with the id {id} is not available");
    }

    private static async Task<IResult> CreateAsync(
        HttpContext http, PampsDbContext db, PostProjection posts, CurrentUser user, TimeProvider clock, CancellationToken cancellationToken)
    {
        var input = new OlderInput(http);
        await input.ReadJsonAsync(cancellationToken);
        var (title, body) = Read(input);
        if (!input.IsValid)
        {
            return input.Refusal;
        }

        var outcome = await CreatePost.WriteAsync(
            new CreatePostRequest { Text = body, Title = title }, PostLimits.TextColumn, db, posts, user.RequiredId, clock, cancellationToken);
        return outcome.Result switch
        {
            Created<PostResponse> { Value: { } post } => Older.Answer(201, Shape(post)),
            ProblemHttpResult problem => OlderRefusal.Of(problem, "", ("text", "body")),
            _ => throw new InvalidOperationException(),
        };
    }

    private static async Task<IResult> EditAsync(
        HttpContext http, PampsDbContext db, PostProjection posts, CurrentUser user, TimeProvider clock, CancellationToken cancellationToken)
    {
        var input = new OlderInput(http);
        var id = input.PathInteger("id");
        await input.ReadJsonAsync(cancellationToken);
        var (title, body) = Read(input);
        if (!input.IsValid)
        {
            return input.Refusal;
        }

        if (await RefuseAsync(db, user, id, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var outcome = await EditPost.WriteAsync(
            (long)id, new EditPostRequest { Text = body, Title = title }, PostLimits.TextColumn, db, posts, user.RequiredId, clock, http, cancellationToken);
        return outcome.Result switch
        {
            Ok<PostResponse> { Value: { } post } => Older.Answer(202, Shape(post)),
            ProblemHttpResult problem => OlderRefusal.Of(problem, Missing(id), ("text", "body")),
            _ => throw new InvalidOperationException(),
        };
    }

    private static async Task<IResult> DeleteAsync(
        HttpContext http, PampsDbContext db, CurrentUser user, TimeProvider clock, CancellationToken cancellationToken)
    {
        var input = new OlderInput(http);
        var id = input.PathInteger("id");
        if (!input.IsValid)
        {
            return input.Refusal;
        }

        if (await RefuseAsync(db, user, id, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var outcome = await DeletePost.HandleAsync((long)id, db, user, clock, cancellationToken);
        return outcome.Result is ProblemHttpResult problem ? OlderRefusal.Of(problem, Missing(id)) : TypedResults.NoContent();
    }

    private static string Missing(Int128 id) => $"Blog with id {id} not found";

    private static (string Title, string Body) Read(OlderInput input) =>
        (input.Text("title", PostLimits.TitleMax, blankAllowed: true), input.Text("body", PostLimits.TextColumn));

    private static Task<JsonHttpResult<OlderDetail>?> RefuseAsync(PampsDbContext db, CurrentUser user, Int128 id, CancellationToken cancellationToken) =>
        OlderOwner.RefuseAsync(Visible(db, user), id, user, Missing(id), "Not authorized to perform requested action", cancellationToken);

    /// <summary>Published posts: the tutorial has no drafts.</summary>
    private static IQueryable<Post> Visible(PampsDbContext db, CurrentUser user) =>
        db.Posts.AsNoTracking().VisibleTo(db, user.RequiredId).Where(post => post.Published);

    private static BlogBody Shape(PostResponse post) =>
        new(OlderId.Parse(post.Author!.Id), post.Title ?? "", OlderId.Parse(post.Id), post.Text);

    /// <summary>Each post with its author, and each author with all posts: two queries, whatever the number of posts.</summary>
    private static async Task<List<ShowBlogBody>> ShowAsync(PampsDbContext db, CurrentUser user, IQueryable<Post> posts, CancellationToken cancellationToken)
    {
        var shown = await posts.OrderBy(post => post.CreatedAt).ThenBy(post => post.Id)
            .Select(post => new { post.Title, post.Text, post.AuthorId, Name = post.Author.Username, post.Author.Email })
            .ToListAsync(cancellationToken);
        var authors = shown.Select(post => post.AuthorId).Distinct().ToArray();
        var written = (await Visible(db, user).Where(post => post.ParentId == null && authors.Contains(post.AuthorId))
                .OrderBy(post => post.CreatedAt).ThenBy(post => post.Id)
                .Select(post => new { post.AuthorId, post.Title, post.Text })
                .ToListAsync(cancellationToken))
            .ToLookup(post => post.AuthorId, post => new BlogRequest(post.Title ?? "", post.Text));
        return shown.ConvertAll(post => new ShowBlogBody(
            post.Title ?? "", post.Text, new BlogAuthorBody(post.Name, post.Email ?? "", [.. written[post.AuthorId]])));
    }
}

/// <summary>A post of the blog as it is written.</summary>
internal sealed record BlogRequest(
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("body")] string Body);

/// <summary>A stored post of the blog.</summary>
internal sealed record BlogBody(
    [property: JsonPropertyName("user_id")] long UserId,
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("id")] long Id,
    [property: JsonPropertyName("body")] string Body);

/// <summary>A post of the blog as it is read.</summary>
internal sealed record ShowBlogBody(
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("body")] string Body,
    [property: JsonPropertyName("creator")] BlogAuthorBody Creator);

/// <summary>An author of the blog.</summary>
internal sealed record BlogAuthorBody(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("email")] string Email,
    [property: JsonPropertyName("blogs")] IReadOnlyList<BlogRequest> Blogs);
