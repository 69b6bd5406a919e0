using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.OpenApi;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Features.Accounts;
using Pamps.ApiService.Features.Follows;
using Pamps.ApiService.Features.Likes;
using Pamps.ApiService.Features.Posts;
using Pamps.ApiService.Features.Tokens;
using Pamps.ApiService.Http;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Adapters;

/// <summary>
/// The micro-blog API: tokens, users and posts with replies, all by user name, everything oldest first. Its <c>text</c> is
/// the text of a post; titles and drafts do not exist in it.
/// </summary>
internal static class MicroblogApi
{
    private const string NoUser = "User not found";

    private const string NoPost = "Post not found";

    public static void MapMicroblogApi(this IEndpointRouteBuilder routes)
    {
        var auth = routes.MapOlder("auth");
        auth.MapPost("/token", SignInAsync).Says("MicroblogSignIn", "Signs in with user name and password.").Limited(RateLimit.SignIn)
            .TakesForm<SignInForm>().Answers<TokenBody>(200, 401, 422);
        auth.MapPost("/refresh_token", RefreshAsync).Says("MicroblogRefresh", "Gives a new pair of tokens; its access token is not fresh.")
            .TakesJson<RefreshRequest>().Answers<TokenBody>(200, 401, 422);

        var users = routes.MapOlder("user");
        users.MapGet("/user/", ListUsers).Says("MicroblogListUsers", "Lists all users.").Answers<List<UserBody>>(200);
        users.MapGet("/user/{username}/", GetUserAsync).Says("MicroblogGetUser", "Reads a user.").Answers<UserBody>(200, 404);
        users.MapPost("/user/", CreateUserAsync).Says("MicroblogCreateUser", "Creates a user.").Limited(RateLimit.OlderRegister)
            .TakesJson<UserRequest>().Answers<UserBody>(201, 409, 422);
        users.MapDelete("/user/{username}/", DeleteUserAsync).Says("MicroblogDeleteUser", "Deletes a user; administrators only.")
            .SignedIn(Scopes.WriteAccount).Answers(204, 403, 404);
        users.MapPost("/user/follow/{id}/", FollowAsync).Says("MicroblogFollow", "Follows the user with that id.")
            .SignedIn(Scopes.WriteFollows).Answers<MessageBody>(201, 404, 409, 422);
        users.MapDelete("/user/follow/{id}/", UnfollowAsync).Says("MicroblogUnfollow", "Stops following the user with that id.")
            .SignedIn(Scopes.WriteFollows).Answers(204, 404, 422);
        users.MapGet("/user/timeline/", ListTimeline).Says("MicroblogTimeline", "Lists the posts of all users the caller follows.")
            .SignedIn(Scopes.ReadPosts).TakesQuery("include_replies", JsonSchemaType.Boolean, "Whether replies are listed too.").Answers<List<PostBody>>(200, 422);

        var posts = routes.MapOlder("post");
        posts.MapGet("/post/", ListPosts).Says("MicroblogListPosts", "Lists all posts that are no replies.").Answers<List<PostBody>>(200);
        posts.MapPost("/post/", CreatePostAsync).Says("MicroblogCreatePost", "Writes a post or a reply.")
            .SignedIn(Scopes.WritePosts).TakesJson<PostRequest>().Answers<PostBody>(201, 404, 422);
        posts.MapGet("/post/{post_id}/", GetPostAsync).Says("MicroblogGetPost", "Reads a post with its direct replies.").Answers<PostDetailBody>(200, 404, 422);
        posts.MapPut("/post/{post_id}/", EditPostAsync).Says("MicroblogEditPost", "Changes the text of one's post.")
            .SignedIn(Scopes.WritePosts).TakesJson<TextRequest>().Answers<PostBody>(200, 403, 404, 422);
        posts.MapDelete("/post/{post_id}/", DeletePostAsync).Says("MicroblogDeletePost", "Deletes one's post.")
            .SignedIn(Scopes.WritePosts).Answers(204, 403, 404, 422);
        posts.MapPost("/post/{post_id}/like/", LikeAsync).Says("MicroblogLike", "Likes a post.")
            .SignedIn(Scopes.WriteLikes).Answers<LikeBody>(201, 404, 409, 422);
        posts.MapDelete("/post/{post_id}/like/", UnlikeAsync).Says("MicroblogUnlike", "Takes a like back.")
            .SignedIn(Scopes.WriteLikes).Answers(204, 404, 422);
        posts.MapGet("/post/user/{username}/", ListUserPosts).Says("MicroblogListUserPosts", "Lists the posts of a user; none for an unknown one.")
            .TakesQuery("include_replies", JsonSchemaType.Boolean, "Whether replies are listed too.").Answers<List<PostBody>>(200, 422);
        posts.MapGet("/post/likes/{username}/", ListLikedPosts).Says("MicroblogListLikedPosts", "Lists the posts a user likes; none for an unknown one.").Answers<List<PostBody>>(200);
    }

    private static async Task<IResult> SignInAsync(
        HttpContext http, PasswordGrant grant, RateLimits limits, OlderTokens tokens, PampsDbContext db, CancellationToken cancellationToken)
    {
        var input = new OlderInput(http);
        await input.ReadFormAsync(cancellationToken);
        input.GrantType();
        var username = input.FormText("username");
        var password = input.FormText("password");
        if (!input.IsValid)
        {
            return input.Refusal;
        }

        // An address never is a user name: this API signs in by name, the votes API by address.
        var (account, refusal) = username.Contains('@', StringComparison.Ordinal) ? (null, null) : await grant.CheckAsync(username, password, cancellationToken);
        if (account is null)
        {
            return refusal is { StatusCode: StatusCodes.Status403Forbidden or StatusCodes.Status429TooManyRequests }
                ? OlderRefusal.Of(refusal, NoUser)
                : Older.Unauthorized(http, "Incorrect username or password");
        }

        var session = grant.Open(account, Scopes.Default, http.Request.Headers.UserAgent.ToString());
        await db.SaveChangesAsync(cancellationToken);
        limits.ForgiveSignIn(http, username.Trim().ToLowerInvariant());
        return Pair(http, tokens, session, account.Username, fresh: true);
    }

    private static async Task<IResult> RefreshAsync(
        HttpContext http, OlderTokens tokens, CallerStates states, PampsDbContext db, CancellationToken cancellationToken)
    {
        var input = new OlderInput(http);
        await input.ReadJsonAsync(cancellationToken);
        var token = input.Text("refresh_token", int.MaxValue, blankAllowed: true);
        if (!input.IsValid)
        {
            return input.Refusal;
        }

        if (tokens.Read(token, OlderTokens.Refresh) is not { } named
            || await states.OfSessionAsync(named.SessionId, named.AccountId, cancellationToken) is not { Suspended: false })
        {
            return Older.Unauthorized(http, OlderAccess.Bad);
        }

        var session = await db.Sessions.AsNoTracking().Include(found => found.Account).SingleAsync(found => found.Id == named.SessionId, cancellationToken);
        return Pair(http, tokens, session, session.Account.Username, fresh: false);
    }

    private static OlderList<UserBody> ListUsers(HttpContext http, PampsDbContext db, CurrentUser user) =>
        new(db.Accounts.AsNoTracking().VisibleTo(db, user.Id).OrderBy(account => account.CreatedAt).ThenBy(account => account.Id)
            .Select(account => new UserBody(account.Username, account.AvatarUrl, account.Bio == "" ? null : account.Bio))
            .AsAsyncEnumerable());

    private static async Task<IResult> GetUserAsync(HttpContext http, PampsDbContext db, CurrentUser user, CancellationToken cancellationToken)
    {
        var username = UsernameOf(http);
        var found = await db.Accounts.AsNoTracking().VisibleTo(db, user.Id)
            .Where(account => account.Username == username)
            .Select(account => new UserBody(account.Username, account.AvatarUrl, account.Bio == "" ? null : account.Bio))
            .SingleOrDefaultAsync(cancellationToken);
        return found is null ? Older.Detail(404, NoUser) : Older.Answer(200, found);
    }

    private static async Task<IResult> CreateUserAsync(
        HttpContext http, PampsDbContext db, Passwords passwords, TimeProvider clock, CancellationToken cancellationToken)
    {
        var input = new OlderInput(http);
        await input.ReadJsonAsync(cancellationToken);
        var email = input.Email("email", AccountLimits.EmailMax);
        var username = input.Username("username");
        var password = input.Text("password", AccountLimits.PasswordMax);
        var avatar = input.OptionalText("avatar", AccountLimits.UrlMax);
        var bio = input.OptionalText("bio", AccountLimits.BioMax);
        if (!input.IsValid)
        {
            return input.Refusal;
        }

        var outcome = await RegisterAccount.HandleAsync(
            new RegisterAccountRequest { Email = email, Username = username, Password = password, AvatarUrl = avatar, Bio = bio }, db, passwords, clock, cancellationToken);
        return outcome.Result switch
        {
            Created<MeResponse> { Value: { } me } => Older.Answer(201, new UserBody(me.Username, me.AvatarUrl, me.Bio.Length == 0 ? null : me.Bio)),
            ProblemHttpResult { StatusCode: 409 } => Older.Detail(409, "Username or email already registered"),
            ProblemHttpResult problem => OlderRefusal.Of(problem, NoUser, ("avatarUrl", "avatar")),
            _ => throw new InvalidOperationException(),
        };
    }

    private static async Task<IResult> DeleteUserAsync(
        HttpContext http, PampsDbContext db, CurrentUser user, CallerStates states, TimeProvider clock, CancellationToken cancellationToken)
    {
        // Tokens of this API know no scopes. Others need the one that the canonical API asks for: a key that may write
        // posts of an administrator must not delete people by this door.
        var allowed = user.HasScope(Scopes.AdminWrite) || http.User.Identity?.AuthenticationType == PampsAuthentication.OlderTokenScheme;
        if (!user.IsAdministrator || !allowed)
        {
            return Older.Detail(403, "Not enough permissions");
        }

        var username = UsernameOf(http);
        var account = await db.Accounts.SingleOrDefaultAsync(found => found.Username == username && found.DeletedAt == null, cancellationToken);
        if (account is null)
        {
            return Older.Detail(404, NoUser);
        }

        await DeleteAccount.MarkAsync(db, account, user.RequiredId, "by the micro-blog API", clock.GetUtcNow(), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        states.Forget(account.Id);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> FollowAsync(
        HttpContext http, PampsDbContext db, CurrentUser user, TimeProvider clock, CancellationToken cancellationToken)
    {
        var input = new OlderInput(http);
        var id = input.PathInteger("id");
        if (input.IsValid && id == user.RequiredId)
        {
            input.Add("you cannot follow yourself", "value_error", "path", "id");
        }

        if (!input.IsValid)
        {
            return input.Refusal;
        }

        if (await NameOfAsync(db, user, id, cancellationToken) is not { } username)
        {
            return Older.Detail(404, NoUser);
        }

        var outcome = await FollowAccount.HandleAsync(username, db, user, clock, cancellationToken);
        return outcome.Result switch
        {
            Ok<RelationshipResponse> { Value.Changed: true } => Older.Answer(201, new MessageBody("User followed")),
            Ok<RelationshipResponse> => Older.Detail(409, "User already followed"),
            ProblemHttpResult problem => OlderRefusal.Of(problem, NoUser),
            _ => throw new InvalidOperationException(),
        };
    }

    private static async Task<IResult> UnfollowAsync(
        HttpContext http, PampsDbContext db, CurrentUser user, TimeProvider clock, CancellationToken cancellationToken)
    {
        var input = new OlderInput(http);
        var id = input.PathInteger("id");
        if (!input.IsValid)
        {
            return input.Refusal;
        }

        if (await NameOfAsync(db, user, id, cancellationToken) is not { } username)
        {
            return Older.Detail(404, NoUser);
        }

        var outcome = await UnfollowAccount.HandleAsync(username, db, user, clock, cancellationToken);
        return outcome.Result switch
        {
            Ok<RelationshipResponse> { Value.Changed: true } => TypedResults.NoContent(),
            Ok<RelationshipResponse> => Older.Detail(404, "User not followed"),
            ProblemHttpResult problem => OlderRefusal.Of(problem, NoUser),
            _ => throw new InvalidOperationException(),
        };
    }

    private static IResult ListTimeline(HttpContext http, PampsDbContext db, CurrentUser user, TimeProvider clock)
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

    private static OlderList<PostBody> ListPosts(PampsDbContext db, CurrentUser user) =>
        List(Published(db, user).Where(post => post.ParentId == null));

    private static IResult ListUserPosts(HttpContext http, PampsDbContext db, CurrentUser user)
    {
        var input = new OlderInput(http);
        var replies = input.QueryBoolean("include_replies", fallback: false);
        var username = UsernameOf(http);
        return input.IsValid
            ? List(Published(db, user).Where(post => post.Author.Username == username && (replies || post.ParentId == null)))
            : input.Refusal;
    }

    private static OlderList<PostBody> ListLikedPosts(HttpContext http, PampsDbContext db, CurrentUser user)
    {
        var username = UsernameOf(http);
        return List(Published(db, user).Where(post => db.Likes.Any(like => like.PostId == post.Id && like.Account.Username == username
            && like.Account.SuspendedAt == null && like.Account.DeletedAt == null)));
    }

    private static async Task<IResult> GetPostAsync(HttpContext http, PampsDbContext db, CurrentUser user, CancellationToken cancellationToken)
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

    private static async Task<IResult> CreatePostAsync(
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

    private static async Task<IResult> EditPostAsync(
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

    private static async Task<IResult> DeletePostAsync(
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

    private static async Task<IResult> LikeAsync(
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

    private static async Task<IResult> UnlikeAsync(HttpContext http, PampsDbContext db, CurrentUser user, CancellationToken cancellationToken)
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

    private static JsonHttpResult<TokenBody> Pair(HttpContext http, OlderTokens tokens, Session session, string username, bool fresh)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Older.Answer(200, new TokenBody(tokens.IssueAccess(session, username, fresh), tokens.IssueRefresh(session, username), "bearer"));
    }

    /// <summary>Names are stored in lower case; a client may write them as it registered them.</summary>
    private static string UsernameOf(HttpContext http) => (http.GetRouteValue("username") as string ?? "").ToLowerInvariant().Replace("\0", "", StringComparison.Ordinal);

    private static Task<string?> NameOfAsync(PampsDbContext db, CurrentUser user, Int128 id, CancellationToken cancellationToken) =>
        OlderId.TryRead(id, out var accountId)
            ? db.Accounts.VisibleTo(db, user.RequiredId).Where(account => account.Id == accountId).Select(account => account.Username).SingleOrDefaultAsync(cancellationToken)
            : Task.FromResult<string?>(null);

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
