using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Aspire.Hosting.Dashboard;

/// <summary>
/// Lets in the browser that has shown the token of the printed address, and nobody else. Requests under a foreign host
/// name are refused, or a page elsewhere could reach this machine's loopback by a name of its own; commands need a
/// header that no foreign page can send.
/// </summary>
internal sealed class DashboardAccess(DashboardOptions options)
{
    public const string CommandHeader = "X-Dashboard-Command";

    private static readonly TimeSpan CookieLife = TimeSpan.FromDays(3);

    // One cookie per port: a browser keeps cookies of all ports of a host together.
    private string CookieName => $"dashboard-{options.Urls[0].Port}";

    public async Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Host.Host is not ("localhost" or "127.0.0.1" or "[::1]"))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        context.Response.Headers.ContentSecurityPolicy = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";

        if (context.Request.Path == "/login")
        {
            SignIn(context);
            return;
        }

        if (options.Token is not null && !IsToken(context.Request.Cookies[CookieName]))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            await context.Response.WriteAsync("Open the dashboard by the address that the AppHost has printed; it carries the token.", context.RequestAborted).ConfigureAwait(false);
            return;
        }

        if (HttpMethods.IsPost(context.Request.Method) && !context.Request.Headers.ContainsKey(CommandHeader))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        await next(context).ConfigureAwait(false);
    }

    private void SignIn(HttpContext context)
    {
        var shown = context.Request.Query["t"].ToString();
        if (options.Token is not null && IsToken(shown))
        {
            context.Response.Cookies.Append(CookieName, shown, new CookieOptions
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Strict,
                Secure = context.Request.IsHttps,
                MaxAge = CookieLife,
                IsEssential = true,
            });
        }

        context.Response.Redirect("/");
    }

    private bool IsToken(string? shown) => shown is not null && CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(shown), Encoding.UTF8.GetBytes(options.Token ?? ""));
}
