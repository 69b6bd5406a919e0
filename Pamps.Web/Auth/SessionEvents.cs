using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Pamps.Web.Auth;

/// <summary>What happens around the session cookie: tokens are kept fresh, and who must sign in loses no text.</summary>
internal sealed class SessionEvents(SessionRefresher refresher, KeptForms keptForms) : CookieAuthenticationEvents
{
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        if (context.Properties.Session() is not { } session)
        {
            context.RejectPrincipal();
            return;
        }

        if (refresher.IsDue(session))
        {
            var outcome = await refresher.RefreshAsync(session);
            if (outcome.Ended)
            {
                context.RejectPrincipal();
                await context.HttpContext.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
                return;
            }

            if (outcome.Session is { } renewed)
            {
                session = renewed;
                context.Properties.Keep(renewed);
            }
        }

        context.HttpContext.Features.Set(session);
    }

    public override async Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        var request = context.Request;
        if (request.IsScripted())
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        context.Response.Redirect(
            HttpMethods.IsPost(request.Method)
                ? SignInAddress(await keptForms.KeepAsync(request))
                : SignInAddress(request.Path + request.QueryString));
    }

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    /// <summary>The sign-in page that leads on to an address of the site.</summary>
    public static string SignInAddress(string returnUrl) =>
        returnUrl is "/" ? "/sign-in" : $"/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}";
}
