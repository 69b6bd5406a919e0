using Microsoft.AspNetCore.Http.HttpResults;
using Pamps.Web.ApiClient;
using Pamps.Web.Auth;
using Pamps.Web.Components;
using Pamps.Web.Components.Shell;
using Pamps.Web.Http;

namespace Pamps.Web.Actions;

/// <summary>
/// Answers an action: the browser goes back to its page (post, redirect, get), a script of ours gets the outcome in a word.
/// </summary>
internal sealed class ActionAnswer(IHttpContextAccessor accessor, PageResponse page)
{
    private HttpContext Context => accessor.HttpContext!;

    /// <summary>It worked.</summary>
    /// <param name="returnUrl">The page it was pressed on.</param>
    /// <param name="anchor">The part of that page.</param>
    /// <param name="word">What a script needs to know, such as the new count.</param>
    public IResult Done(string? returnUrl, string? anchor, string word = "") =>
        Context.Request.IsScripted()
            ? TypedResults.Text(word)
            : new SeeOther(LocalAddress.Of(returnUrl) + (anchor is null ? "" : "#" + anchor));

    /// <summary>It did not work.</summary>
    public async Task<IResult> FailedAsync(ApiProblem problem)
    {
        if (problem.Status == StatusCodes.Status401Unauthorized)
        {
            await page.SignInAgainAsync();
            return TypedResults.Empty;
        }

        return Context.Request.IsScripted()
            ? TypedResults.Text(problem.Message ?? "", statusCode: problem.Status)
            : new RazorComponentResult<ErrorDocument>(new { problem.Status, problem.TraceId }) { StatusCode = problem.Status };
    }

    /// <summary>303: whatever was posted, what follows is a GET.</summary>
    private sealed class SeeOther(string address) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = address;
            return Task.CompletedTask;
        }
    }
}
