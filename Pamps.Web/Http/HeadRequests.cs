namespace Pamps.Web.Http;

/// <summary>Answers HEAD like GET without the body: Razor pages refuse it, and link checkers and previews ask that way.</summary>
internal static class HeadRequests
{
    /// <summary>Adds the middleware; it must come before routing.</summary>
    public static void UseHeadAsGet(this WebApplication app) =>
        app.Use(async (context, next) =>
        {
            if (!HttpMethods.IsHead(context.Request.Method))
            {
                await next(context);
                return;
            }

            context.Request.Method = HttpMethods.Get;
            context.Response.Body = Stream.Null;
            await next(context);
            context.Request.Method = HttpMethods.Head;
        });
}
