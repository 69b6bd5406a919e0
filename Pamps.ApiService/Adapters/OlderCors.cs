using Microsoft.Net.Http.Headers;

namespace Pamps.ApiService.Adapters;

/// <summary>
/// Cross-origin calls as the originals took them: from any origin, a preflight answered with 200 on every path, errors
/// readable too. Without credentials, which they allowed: a foreign page must not act with somebody's cookies.
/// </summary>
internal static class OlderCors
{
    private const int PreflightSeconds = 600;

    /// <summary>Answers preflights of the older APIs and marks their other answers.</summary>
    /// <param name="http">The request.</param>
    /// <param name="next">The rest of the pipeline.</param>
    public static Task AnswerAsync(HttpContext http, RequestDelegate next)
    {
        var (request, response) = (http.Request, http.Response);
        if (!request.Headers.ContainsKey(HeaderNames.Origin) || !OlderPaths.Contains(request.Path))
        {
            return next(http);
        }

        if (HttpMethods.IsOptions(request.Method) && request.Headers.TryGetValue(HeaderNames.AccessControlRequestMethod, out var method))
        {
            response.Headers.AccessControlAllowOrigin = "*";
            response.Headers.AccessControlAllowMethods = method;
            response.Headers.AccessControlAllowHeaders = request.Headers.AccessControlRequestHeaders;
            response.Headers.AccessControlMaxAge = $"{PreflightSeconds}";
            response.ContentLength = 0;
            return Task.CompletedTask;
        }

        // Late, since the exception handler clears what was set before.
        response.OnStarting(
            static state =>
            {
                ((HttpResponse)state).Headers.AccessControlAllowOrigin = "*";
                return Task.CompletedTask;
            },
            response);
        return next(http);
    }
}
