using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.OpenApi;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Features.Accounts;
using Pamps.ApiService.Features.Likes;
using Pamps.ApiService.Features.Posts;
using Pamps.ApiService.Features.Tokens;
using Pamps.ApiService.Http;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Adapters;

/// <summary>
/// The posts, users and votes API: users by e-mail address, posts with title and drafts, votes, which are likes. Replies
/// are not in its lists; drafts are their owner's alone, which the original did not keep.
/// </summary>
internal static class VotesApi
{
    private const string NotYours = "Not authorized to perform requested action";

    private const int LimitMax = 1_000;

    public static void MapVotesApi(this IEndpointRouteBuilder routes)
    {
        var auth = routes.MapOlder("Authentication");
        auth.MapPost("/login", SignInAsync).Says("VotesSignIn", "Signs in with e-mail address and password.").Limited(RateLimit.SignIn)
            .TakesForm<SignInForm>().Answers<LoginBody>(200, 403, 422);

        var users = routes.MapOlder("Users");
        users.MapPost("/users/", CreateUserAsync).Says("VotesCreateUser", "Creates a user.").Limited(RateLimit.OlderRegister).TakesJson<VoterRequest>().Answers<VoterBody>(201, 409, 422);
        users.MapGet("/users/{id}", GetUserAsync).Says("VotesGetUser", "Reads a user, e-mail address included.").Answers<VoterBody>(200, 404, 422);

        var posts = routes.MapOlder("Posts");
        posts.MapGet("/posts/", ListPosts).Says("VotesListPosts", "Lists posts with their votes, oldest first.").SignedIn(Scopes.ReadPosts)
            .TakesQuery("limit", JsonSchemaType.Integer, "Most posts in the answer, 0 to 1000; 10 when absent.")
            .TakesQuery("skip", JsonSchemaType.Integer, "Posts to leave out at the beginning.")
            .TakesQuery("page", JsonSchemaType.Integer, "Number of a page of limit posts, from 1; not together with skip.")
            .TakesQuery("search", JsonSchemaType.String, "Only posts whose title contains this text, letter case included.")
            .TakesQuery("sort", JsonSchemaType.String, "created_at (default) or -created_at.")
            .Answers<List<VotedPostBody>>(200, 422);
        posts.MapPost("/posts/", CreatePostAsync).Says("VotesCreatePost", "Writes a post, or a draft.").SignedIn(Scopes.WritePosts)
            .TakesJson<TitledPostRequest>().Answers<TitledPostBody>(201, 422);
        posts.MapGet("/posts/{id}", GetPostAsync).Says("VotesGetPost", "Reads a post with its votes.").SignedIn(Scopes.ReadPosts).Answers<VotedPostBody>(200, 404, 422);
        posts.MapPut("/posts/{id}", EditPostAsync).Says("VotesEditPost", "Replaces one's post.").SignedIn(Scopes.WritePosts)
            .TakesJson<TitledPostRequest>().Answers<TitledPostBody>(200, 403, 404, 422);
        posts.MapDelete("/posts/{id}", DeletePostAsync).Says("VotesDeletePost", "Deletes one's post.").SignedIn(Scopes.WritePosts).Answers(204, 403, 404, 422);

        var votes = routes.MapOlder("Vote");
        votes.MapPost("/vote/", VoteAsync).Says("Vote", "Votes for a post (dir 1), or takes the vote back (dir 0 or less).").SignedIn(Scopes.WriteLikes)
            .TakesJson<VoteRequest>().Answers<MessageBody>(201, 404, 409, 422);
    }

    private static async Task<IResult> SignInAsync(
        HttpContext http, PasswordGrant grant, RateLimits limits, OlderTokens tokens, PampsDbContext db, CancellationToken cancellationToken)
    {
        var input = new OlderInput(http);
        await input.ReadFormAsync(cancellationToken);
        input.GrantType();
        var email = input.FormText("username");
        var password = input.FormText("password");
        if (!input.IsValid)
        {
            return input.Refusal;
        }

        var wellFormed = OlderEmail.TryParse(email, out email);
        var (account, refusal) = wellFormed ? await grant.CheckAsync(email, password, cancellationToken) : (null, null);
        if (refusal is { StatusCode: StatusCodes.Status403Forbidden or StatusCodes.Status429TooManyRequests })
        {
            return OlderRefusal.Of(refusal, "");
        }

        // The part before the @ counts as given here, although no two accounts differ by its letter case alone.
        if (account is null || !(OlderEmail.TryParse(account.Email!, out var stored) && stored == email))
        {
            return Older.Detail(403, "Invalid Credentials");
        }

        var session = grant.Open(account, Scopes.Default, http.Request.Headers.UserAgent.ToString());
        await db.SaveChangesAsync(cancellationToken);
        limits.ForgiveSignIn(http, email.ToLowerInvariant());
        http.Response.Headers.CacheControl = "no-store";
        return Older.Answer(200, new LoginBody(tokens.IssueAccess(session, account.Username, fresh: true), "bearer"));
    }

    private static async Task<IResult> CreateUserAsync(
        HttpContext http, PampsDbContext db, Passwords passwords, TimeProvider clock, CancellationToken cancellationToken)
    {
        var input = new OlderInput(http);
        await input.ReadJsonAsync(cancellationToken);
        var email = input.Email("email", AccountLimits.EmailMax);
        var password = input.Text("password", AccountLimits.PasswordMax);
        if (!input.IsValid)
        {
            return input.Refusal;
        }

        var request = new RegisterAccountRequest { Email = email, Username = VoterName.New(), Password = password };
        var outcome = await RegisterAccount.HandleAsync(request, db, passwords, clock, cancellationToken);
        return outcome.Result switch
        {
            Created<MeResponse> { Value: { } me } => Older.Answer(201, new VoterBody(OlderId.Parse(me.Id), me.Email, Older.OffsetDate(me.CreatedAt))),
            ProblemHttpResult { StatusCode: 409 } => Older.Detail(409, "Email already registered"),
            ProblemHttpResult problem => OlderRefusal.Of(problem, ""),
            _ => throw new InvalidOperationException(),
        };
    }

    private static async Task<IResult> GetUserAsync(HttpContext http, PampsDbContext db, CancellationToken cancellationToken)
    {
        var input = new OlderInput(http);
        var id = input.PathInteger("id");
        if (!input.IsValid)
        {
            return input.Refusal;
        }

        var found = OlderId.TryRead(id, out var accountId)
            ? await db.Accounts.AsNoTracking().VisibleTo(db, readerId: null).Where(account => account.Id == accountId)
                .Select(account => new VoterBody(account.Id, account.Email!, Older.OffsetDate(account.CreatedAt)))
                .SingleOrDefaultAsync(cancellationToken)
            : null;
        return found is null ? Older.Detail(404, $"User with id: {id} does not exist") : Older.Answer(200, found);
    }

    private static IResult ListPosts(HttpContext http, PampsDbContext db, CurrentUser user)
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

    private static async Task<IResult> GetPostAsync(HttpContext http, PampsDbContext db, CurrentUser user, CancellationToken cancellationToken)
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

    private static async Task<IResult> CreatePostAsync(
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

    private static async Task<IResult> EditPostAsync(
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

    private static async Task<IResult> DeletePostAsync(
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

    private static async Task<IResult> VoteAsync(
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
