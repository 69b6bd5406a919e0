using System.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Pamps.Web.Auth;
using Pamps.Web.Components.Shell;

namespace Pamps.Web.Http;

/// <summary>
/// Pages for answers without a body, and for unexpected failures. They are rendered in place: running the request again
/// under another address would run a failed POST again as POST, and its form would be refused a second time.
/// </summary>
internal static class ErrorDocuments
{
    /// <summary>Adds both; they must come before routing.</summary>
    public static void UseErrorDocuments(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = context => RenderAsync(context, StatusCodes.Status500InternalServerError),
            SuppressDiagnosticsCallback = _ => false,
        });
        app.UseStatusCodePages(status => RenderAsync(status.HttpContext, status.HttpContext.Response.StatusCode));
    }

    private static Task RenderAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return context.Request.IsScripted()
            ? Task.CompletedTask
            : new RazorComponentResult<ErrorDocument>(new { Status = status, TraceId = Activity.Current?.Id ?? context.TraceIdentifier })
            {
                StatusCode = status,
            }.ExecuteAsync(context);
    }
}
