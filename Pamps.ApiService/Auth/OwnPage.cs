using Microsoft.AspNetCore.Http.Extensions;

namespace Pamps.ApiService.Auth;

/// <summary>Tells our own pages, and programs, from the pages of others, where a cookie speaks for somebody.</summary>
internal static class OwnPage
{
    /// <summary>
    /// Whether no foreign page can have caused a request. Browsers say where a request comes from, in newer ones by
    /// <c>Sec-Fetch-Site</c>, at least by <c>Origin</c>; programs say nothing and send their own cookie on purpose.
    /// </summary>
    /// <param name="request">The request.</param>
    public static bool Sent(HttpRequest request)
    {
        if (request.Headers.TryGetValue("Sec-Fetch-Site", out var site))
        {
            return site.ToString() is "same-origin" or "none";
        }

        return !request.Headers.TryGetValue("Origin", out var origin)
            || origin.ToString() == UriHelper.BuildAbsolute(request.Scheme, request.Host).TrimEnd('/');
    }
}
