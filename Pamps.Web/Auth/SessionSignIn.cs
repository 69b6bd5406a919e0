using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Pamps.ApiService.Contracts;
using Pamps.Web.ApiClient;

namespace Pamps.Web.Auth;

/// <summary>Begins and ends sessions.</summary>
internal sealed class SessionSignIn(TokensClient tokens, MeClient me, TimeProvider clock)
{
    /// <summary>Readable by scripts: it changes with every sign-in and sign-out, so that a page restored by Back can tell that its visitor changed.</summary>
    public const string EpochCookie = "epoch";

    private const string EverybodysScopes = "read write";

    /// <summary>Signs in by name or e-mail address and password.</summary>
    /// <returns>Null when signed in, else what to tell.</returns>
    public async Task<ApiProblem?> SignInAsync(HttpContext context, string username, string password)
    {
        var client = ClientName(context.Request);
        var answer = await tokens.SignInAsync(username, password, EverybodysScopes, client, context.RequestAborted);
        if (!answer.Succeeded)
        {
            return answer.Problem;
        }

        var account = await me.GetAsync(answer.Value.AccessToken, context.RequestAborted);
        if (!account.Succeeded)
        {
            return account.Problem;
        }

        var granted = answer.Value;
        if (FurtherScopes(account.Value) is { Length: > 0 } further)
        {
            // Who may do more is known only now, and asking for too much is refused: ask again for all of it.
            var wider = await tokens.SignInAsync(username, password, EverybodysScopes + further, client, context.RequestAborted);
            if (wider.Succeeded)
            {
                await tokens.RevokeAsync(granted.RefreshToken, context.RequestAborted);
                granted = wider.Value;
            }
        }

        await BeginAsync(context, account.Value, granted);
        return null;
    }

    private static string FurtherScopes(MeResponse account) =>
        (account.Role is AccountRole.User ? "" : " admin:read admin:write")
        + (account.BillingOperator || account.Role is AccountRole.Administrator ? " billing:read billing:write" : "");

    /// <summary>Keeps what the session remembers in step with a changed profile.</summary>
    public static async Task UpdateAsync(HttpContext context, MeResponse account)
    {
        var current = await context.AuthenticateAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        if (current.Succeeded)
        {
            await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, SessionClaims.PrincipalOf(account), current.Properties);
        }
    }

    /// <summary>Ends the session here and at the API.</summary>
    public async Task SignOutAsync(HttpContext context)
    {
        if (context.Features.Get<VisitorSession>() is { } session)
        {
            await tokens.RevokeAsync(session.RefreshToken, context.RequestAborted);
        }

        await ForgetAsync(context);
    }

    /// <summary>Ends the session here; the API has ended it already.</summary>
    public static async Task ForgetAsync(HttpContext context)
    {
        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        // Pages of the former visitor must not come back from the browser's cache.
        context.Response.Headers["Clear-Site-Data"] = "\"cache\"";
        NewEpoch(context);
    }

    private async Task BeginAsync(HttpContext context, MeResponse account, TokenResponse answer)
    {
        // A new key at every sign-in: a key somebody planted in the browser before is worth nothing.
        var properties = new AuthenticationProperties { IsPersistent = true };
        properties.Keep(SessionRefresher.SessionOf(SessionStore.NewKey(), answer, clock));
        await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, SessionClaims.PrincipalOf(account), properties);
        NewEpoch(context);
    }

    private static void NewEpoch(HttpContext context) =>
        context.Response.Cookies.Append(EpochCookie, SessionStore.NewKey()[..12], new()
        {
            HttpOnly = false,
            IsEssential = true,
            MaxAge = SessionStore.Lifetime,
            Path = "/",
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
        });

    /// <summary>What the list of sessions shows: the browser's own words are long, the first product in them is enough.</summary>
    private static string ClientName(HttpRequest request)
    {
        var agent = request.Headers.UserAgent.ToString();
        var browser = agent switch
        {
            _ when agent.Contains("Edg/", StringComparison.Ordinal) => "Edge",
            _ when agent.Contains("Firefox/", StringComparison.Ordinal) => "Firefox",
            _ when agent.Contains("Chrome/", StringComparison.Ordinal) => "Chrome",
            _ when agent.Contains("Safari/", StringComparison.Ordinal) => "Safari",
            _ => "Browser",
        };
        var system = agent switch
        {
            _ when agent.Contains("Android", StringComparison.Ordinal) => "Android",
            _ when agent.Contains("iPhone", StringComparison.Ordinal) || agent.Contains("iPad", StringComparison.Ordinal) => "iOS",
            _ when agent.Contains("Windows", StringComparison.Ordinal) => "Windows",
            _ when agent.Contains("Mac OS X", StringComparison.Ordinal) => "macOS",
            _ when agent.Contains("Linux", StringComparison.Ordinal) => "Linux",
            _ => null,
        };
        // ASCII: it travels in a header.
        return system is null ? $"Pamps ({browser})" : $"Pamps ({browser}, {system})";
    }
}
