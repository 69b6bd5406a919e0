using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Data;
using Pamps.ApiService.Features.Tokens;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Adapters;

/// <summary>Tokens of the micro-blog API.</summary>
internal static class MicroblogSignIn
{
    public static async Task<IResult> SignInAsync(
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
                ? OlderRefusal.Of(refusal, "")
                : Older.Unauthorized(http, "Incorrect username or password");
        }

        var session = grant.Open(account, Scopes.Default, http.Request.Headers.UserAgent.ToString());
        await db.SaveChangesAsync(cancellationToken);
        limits.ForgiveSignIn(http, username.Trim().ToLowerInvariant());
        return Pair(http, tokens, session, account.Username, fresh: true);
    }

    public static async Task<IResult> RefreshAsync(
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

    private static JsonHttpResult<TokenBody> Pair(HttpContext http, OlderTokens tokens, Session session, string username, bool fresh)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Older.Answer(200, new TokenBody(tokens.IssueAccess(session, username, fresh), tokens.IssueRefresh(session, username), "bearer"));
    }
}
