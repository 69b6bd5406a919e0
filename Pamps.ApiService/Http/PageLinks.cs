using Microsoft.AspNetCore.Http.Extensions;

namespace Pamps.ApiService.Http;

/// <summary>The <c>Link</c> header of a list (RFC 8288): the same cursors as in the body, as complete addresses.</summary>
internal static class PageLinks
{
    private static readonly string[] Places = ["cursor", "max_id", "since_id", "min_id"];

    /// <summary>Writes the header; the links carry all other query parameters of the request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="next">Cursor of the following page, if any.</param>
    /// <param name="prev">Cursor of the page before, if any.</param>
    public static void Write(HttpContext context, string? next, string? prev)
    {
        var links = new List<string>(2);
        if (next is not null)
        {
            links.Add($"<{Address(context.Request, next)}>; rel=\"next\"");
        }

        if (prev is not null)
        {
            links.Add($"<{Address(context.Request, prev)}>; rel=\"prev\"");
        }

        if (links.Count > 0)
        {
            context.Response.Headers.Link = string.Join(", ", links);
        }
    }

    private static string Address(HttpRequest request, string cursor)
    {
        var query = new QueryBuilder(request.Query.Where(parameter => !Places.Contains(parameter.Key))) { { "cursor", cursor } };
        return UriHelper.BuildAbsolute(request.Scheme, request.Host, request.PathBase, request.Path, query.ToQueryString());
    }
}
