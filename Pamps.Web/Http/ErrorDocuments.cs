using System.Diagnostics;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Diagnostics;
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

    /// <summary>
    /// Lets components answer for themselves: one that sets 404 or 410 has a page of its own, which the framework would
    /// drop in favour of a status page. To be added last, so that what is refused before a component runs still gets a page.
    /// </summary>
    public static void UseComponentStatus(this WebApplication app) =>
        app.Use((context, next) =>
        {
            if (context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null
                && context.Features.Get<IStatusCodePagesFeature>() is { } statusPages)
            {
                statusPages.Enabled = false;
            }

            return next(context);
        });

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
