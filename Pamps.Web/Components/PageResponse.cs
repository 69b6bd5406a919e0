using Pamps.Web.ApiClient;
using Pamps.Web.Auth;
using Pamps.Web.Http;

namespace Pamps.Web.Components;

/// <summary>What a page does to its answer besides rendering: status, redirect, and leaving when the session is over.</summary>
internal sealed class PageResponse(Visitor visitor, KeptForms keptForms)
{
    private HttpContext Context => visitor.Context;

    /// <summary>Leads on after a form was accepted. A script gets the address to go to, since it would follow a redirect by itself.</summary>
    public void SeeOther(string? address)
    {
        Context.Response.StatusCode = Context.Request.IsScripted() ? StatusCodes.Status201Created : StatusCodes.Status303SeeOther;
        Context.Response.Headers.Location = LocalAddress.Of(address);
    }

    /// <summary>Sets the status, unless a redirect is on its way.</summary>
    public void Status(int status)
    {
        if (!Context.Response.HasStarted && Context.Response.Headers.Location.Count == 0)
        {
            Context.Response.StatusCode = status;
        }
    }

    /// <summary>Keeps a preference in a cookie for a year; null forgets it.</summary>
    public void Remember(string cookie, string? value)
    {
        if (value is null)
        {
            Context.Response.Cookies.Delete(cookie);
            return;
        }

        Context.Response.Cookies.Append(cookie, value, new()
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = TimeSpan.FromDays(365),
            SameSite = SameSiteMode.Lax,
            Secure = Context.Request.IsHttps,
        });
    }

    /// <summary>Takes over what a refused form needs: 422 with the form again, or a new sign-in with the text kept.</summary>
    /// <returns>Whether the page shall show the problem.</returns>
    public async Task<bool> RejectAsync(ApiProblem problem)
    {
        if (problem.Status == StatusCodes.Status401Unauthorized && visitor.IsSignedIn)
        {
            await SignInAgainAsync();
            return false;
        }

        Status(problem.IsOutage || problem.Status == StatusCodes.Status429TooManyRequests ? problem.Status : StatusCodes.Status422UnprocessableEntity);
        return true;
    }

    /// <summary>The API no longer knows the session: forget it, keep the form if one was posted, and sign in again.</summary>
    public async Task SignInAgainAsync()
    {
        var returnTo = HttpMethods.IsPost(Context.Request.Method) ? await keptForms.KeepAsync(Context.Request) : visitor.Address;
        await SessionSignIn.ForgetAsync(Context);
        if (Context.Request.IsScripted())
        {
            Context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }
        else
        {
            SeeOther(SessionEvents.SignInAddress(returnTo));
        }
    }
}
