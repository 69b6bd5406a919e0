using Microsoft.AspNetCore.Antiforgery;
using Pamps.Web.Auth;

namespace Pamps.Web.Http;

/// <summary>
/// Two lines of defence around forms. A post that another site started is refused outright, by what the browser says about
/// its origin. A post of ours whose token no longer fits (the visitor signed in or out meanwhile, in another tab) is kept
/// and shown again: the text is not lost, and nothing is done before the visitor presses once more.
/// </summary>
internal static class FormOrigins
{
    /// <summary>Refuses posts from other sites; before antiforgery.</summary>
    public static void UseFormOrigins(this WebApplication app) =>
        app.Use(async (context, next) =>
        {
            if (IsUnsafe(context.Request.Method) && IsForeign(context.Request))
            {
                context.Response.StatusCode = StatusCodes.Status400BadRequest;
                return;
            }

            await next(context);
        });

    /// <summary>Keeps forms whose antiforgery token does not fit; after antiforgery.</summary>
    public static void UseKeptForms(this WebApplication app) =>
        app.Use(async (context, next) =>
        {
            if (context.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false } || !HttpMethods.IsPost(context.Request.Method))
            {
                await next(context);
                return;
            }

            // While the feature stands, nobody may read the form. It is read here to be kept, and no endpoint runs any more.
            context.Features.Set<IAntiforgeryValidationFeature>(null);
            if (context.Request.IsScripted() || !context.Request.HasFormContentType)
            {
                context.Response.StatusCode = StatusCodes.Status400BadRequest;
            }
            else
            {
                var forms = context.RequestServices.GetRequiredService<KeptForms>();
                context.Response.StatusCode = StatusCodes.Status303SeeOther;
                context.Response.Headers.Location = await forms.KeepAsync(context.Request);
            }
        });

    private static bool IsUnsafe(string method) => !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsOptions(method);

    private static bool IsForeign(HttpRequest request)
    {
        // The embedded thread posts from its own frame: same origin as the site, whatever page is around it.
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site)
        {
            return site is not ("same-origin" or "none");
        }

        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0 && (!Uri.TryCreate(origin, UriKind.Absolute, out var from) || from.Authority != request.Host.Value);
    }
}
