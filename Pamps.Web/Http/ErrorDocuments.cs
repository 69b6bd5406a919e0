using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Pamps.Web.Auth;
using Pamps.Web.Components.Shell;
using Pamps.Web.Localization;

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
            // A body that cannot be read is the sender's fault, whoever noticed it.
            ExceptionHandler = context => RenderAsync(
                context,
                context.Features.Get<IExceptionHandlerFeature>()?.Error is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError),
            SuppressDiagnosticsCallback = _ => false,
        });
        app.UseStatusCodePages(status => RenderAsync(status.HttpContext, status.HttpContext.Response.StatusCode));
    }

    private static async Task RenderAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        if (context.Request.IsScripted())
        {
            return;
        }

        // A component that set 404 gave up its own rendering to this page; the header of its attempt would be added twice.
        context.Response.Headers.Remove("blazor-enhanced-nav");
        // The culture that localization set ended with the part of the pipeline that failed.
        LanguageExtensions.Speak(context);
        // The navigation of a scope can be set up once, and the failed page may have done so.
        var services = context.RequestServices;
        await using var scope = services.CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        try
        {
            var document = new RazorComponentResult<ErrorDocument>(new { Status = status, TraceId = Activity.Current?.Id ?? context.TraceIdentifier })
            {
                StatusCode = status,
            };
            await document.ExecuteAsync(context);
        }
        finally
        {
            context.RequestServices = services;
        }
    }
}
