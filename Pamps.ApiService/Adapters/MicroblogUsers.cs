using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Features.Accounts;
using Pamps.ApiService.Features.Follows;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Adapters;

/// <summary>Users of the micro-blog API, by user name, and whom they follow, by id.</summary>
internal static class MicroblogUsers
{
    private const string NoUser = "User not found";

    public static OlderList<UserBody> ListUsers(HttpContext http, PampsDbContext db, CurrentUser user) =>
        new(db.Accounts.AsNoTracking().VisibleTo(db, user.Id).OrderBy(account => account.CreatedAt).ThenBy(account => account.Id)
            .Select(account => new UserBody(account.Username, account.AvatarUrl, account.Bio == "" ? null : account.Bio))
            .AsAsyncEnumerable());

    public static async Task<IResult> GetUserAsync(HttpContext http, PampsDbContext db, CurrentUser user, CancellationToken cancellationToken)
    {
        var username = UsernameOf(http);
        var found = await db.Accounts.AsNoTracking().VisibleTo(db, user.Id)
            .Where(account => account.Username == username)
            .Select(account => new UserBody(account.Username, account.AvatarUrl, account.Bio == "" ? null : account.Bio))
            .SingleOrDefaultAsync(cancellationToken);
        return found is null ? Older.Detail(404, NoUser) : Older.Answer(200, found);
    }

    public static async Task<IResult> CreateUserAsync(
        HttpContext http, PampsDbContext db, Passwords passwords, IOptions<OlderOptions> options, TimeProvider clock, CancellationToken cancellationToken)
    {
        var input = new OlderInput(http);
        await input.ReadJsonAsync(cancellationToken);
        var email = input.Email("email");
        var username = input.Username("username");
        var password = input.Text("password", AccountLimits.PasswordMax);
        var avatar = input.OptionalText("avatar", AccountLimits.UrlMax);
        var bio = input.OptionalText("bio", AccountLimits.BioMax);
        var registration = new RegisterAccountRequest { Email = email, Username = username, Password = password, AvatarUrl = avatar, Bio = bio };
        input.CheckPassword(registration, options.Value);
        if (!input.IsValid)
        {
            return input.Refusal;
        }

        var outcome = await RegisterAccount.HandleAsync(registration, db, passwords, clock, cancellationToken);
        return outcome.Result switch
        {
            Created<MeResponse> { Value: { } me } => Older.Answer(201, new UserBody(me.Username, me.AvatarUrl, me.Bio.Length == 0 ? null : me.Bio)),
            ProblemHttpResult { StatusCode: 409 } => Older.Detail(409, "Username or email already registered"),
            ProblemHttpResult problem => OlderRefusal.Of(problem, NoUser, ("avatarUrl", "avatar")),
            _ => throw new InvalidOperationException(),
        };
    }

    public static async Task<IResult> DeleteUserAsync(
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

    public static async Task<IResult> FollowAsync(
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

    public static async Task<IResult> UnfollowAsync(
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

    /// <summary>Names are stored in lower case; a client may write them as it registered them.</summary>
    public static string UsernameOf(HttpContext http) => (http.GetRouteValue("username") as string ?? "").ToLowerInvariant().Replace("\0", "", StringComparison.Ordinal);

    private static Task<string?> NameOfAsync(PampsDbContext db, CurrentUser user, Int128 id, CancellationToken cancellationToken) =>
        OlderId.TryRead(id, out var accountId)
            ? db.Accounts.VisibleTo(db, user.RequiredId).Where(account => account.Id == accountId).Select(account => account.Username).SingleOrDefaultAsync(cancellationToken)
            : Task.FromResult<string?>(null);
}
