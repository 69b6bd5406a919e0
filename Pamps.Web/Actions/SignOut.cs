using Microsoft.AspNetCore.Mvc;
using Pamps.Web.Auth;

namespace Pamps.Web.Actions;

/// <summary>Signs out.</summary>
internal static class SignOut
{
    /// <summary>Ends the session here and at the API.</summary>
    /// <remarks>The form is bound so that its antiforgery token is checked.</remarks>
    public static async Task<IResult> HandleAsync([FromForm] string? returnUrl, HttpContext context, SessionSignIn sessions, ActionAnswer answer)
    {
        _ = returnUrl;
        await sessions.SignOutAsync(context);
        return answer.Done("/", null);
    }
}
