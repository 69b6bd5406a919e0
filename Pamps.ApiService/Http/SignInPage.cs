using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http.Features;

namespace Pamps.ApiService.Http;

/// <summary>
/// The sign-in of the API page, which works without scripts. What stops a sign-in, be it the password or a limit, is told on
/// the page itself: a browser shows it to a person.
/// </summary>
internal sealed class SignInPage : IProblemDetailsWriter
{
    /// <summary>Where the page is.</summary>
    public const string Address = "/docs/sign-in";

    /// <summary>The content type of the page.</summary>
    public const string ContentType = "text/html; charset=utf-8";

    public bool CanWrite(ProblemDetailsContext context) => context.HttpContext.Request.Path.Equals(Address, StringComparison.OrdinalIgnoreCase);

    public ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var http = context.HttpContext;
        ProblemWriter.Complete(http, context.ProblemDetails);
        http.Response.StatusCode = context.ProblemDetails.Status!.Value;
        if (context.ProblemDetails.Extensions.TryGetValue(Problems.RetryAfterMember, out var seconds))
        {
            http.Response.Headers.RetryAfter = seconds?.ToString();
        }

        http.Response.Headers.CacheControl = "no-store";
        http.Response.ContentType = ContentType;
        // Read already, or not at all where a limit refused before.
        var username = http.Features.Get<IFormFeature>()?.Form?["username"].ToString() ?? "";
        return new ValueTask(http.Response.WriteAsync(Render(username, context.ProblemDetails.Detail ?? context.ProblemDetails.Title), http.RequestAborted));
    }

    /// <summary>The page.</summary>
    /// <param name="username">What was typed as the user name.</param>
    /// <param name="problem">What stopped the sign-in, if one was tried.</param>
    public static string Render(string username = "", string? problem = null)
    {
        var encoder = HtmlEncoder.Default;
        var alert = problem is null ? "" : $"""<p role="alert">{encoder.Encode(problem)}</p>""";
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <title>Sign in – Pamps API</title>
              <link rel="stylesheet" href="docs.css">
            </head>
            <body>
              <main class="sign-in">
                <h1>Pamps API</h1>
                <p>Sign in to try operations as yourself. The session serves this page alone.</p>
                {alert}
                <form method="post" action="sign-in">
                  <label for="username">User name or e-mail</label>
                  <input id="username" name="username" value="{encoder.Encode(username)}" autocomplete="username" autocapitalize="none" required autofocus>
                  <label for="password">Password</label>
                  <input id="password" name="password" type="password" autocomplete="current-password" required>
                  <button>Sign in</button>
                </form>
              </main>
            </body>
            </html>
            """;
    }
}
