using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Features.Accounts;
using Pamps.ApiService.Features.Tokens;
using Pamps.ApiService.Http;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Adapters;

/// <summary>Users of the votes API, by e-mail address, and their tokens.</summary>
internal static class VotesUsers
{
    public static async Task<IResult> SignInAsync(
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

    public static async Task<IResult> CreateUserAsync(
        HttpContext http, PampsDbContext db, Passwords passwords, IOptions<OlderOptions> options, TimeProvider clock, CancellationToken cancellationToken)
    {
        var input = new OlderInput(http);
        await input.ReadJsonAsync(cancellationToken);
        var email = input.Email("email");
        var password = input.Text("password", AccountLimits.PasswordMax);
        var registration = new RegisterAccountRequest { Email = email, Username = VoterName.New(), Password = password };
        input.CheckPassword(registration, options.Value);
        if (!input.IsValid)
        {
            return input.Refusal;
        }

        var outcome = await RegisterAccount.HandleAsync(registration, db, passwords, clock, cancellationToken);
        return outcome.Result switch
        {
            Created<MeResponse> { Value: { } me } => Older.Answer(201, new VoterBody(OlderId.Parse(me.Id), me.Email, Older.OffsetDate(me.CreatedAt))),
            ProblemHttpResult { StatusCode: 409 } => Older.Detail(409, "Email already registered"),
            ProblemHttpResult problem => OlderRefusal.Of(problem, ""),
            _ => throw new InvalidOperationException(),
        };
    }

    public static async Task<IResult> GetUserAsync(HttpContext http, PampsDbContext db, CancellationToken cancellationToken)
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
}
