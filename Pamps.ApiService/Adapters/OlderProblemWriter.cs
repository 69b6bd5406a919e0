using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace Pamps.ApiService.Adapters;

/// <summary>
/// Writes what routing, limits and failures refuse on the paths of the older APIs: their clients look for <c>detail</c>.
/// The path decides and not the endpoint, since an unknown route below them has none.
/// </summary>
internal sealed class OlderProblemWriter : IProblemDetailsWriter
{
    private static readonly PathString Comments = "/api/comment";

    public bool CanWrite(ProblemDetailsContext context) => OlderPaths.Contains(context.HttpContext.Request.Path);

    public ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var http = context.HttpContext;
        var status = context.ProblemDetails.Status ?? http.Response.StatusCode;
        var detail = context.ProblemDetails.Detail ?? ReasonPhrases.GetReasonPhrase(status);
        http.Response.StatusCode = status;
        var body = new JsonObject { ["detail"] = detail };
        if (http.Request.Path.StartsWithSegments(Comments, StringComparison.OrdinalIgnoreCase))
        {
            CommentsApi.AddStatus(body, status, detail);
        }

        return new ValueTask(http.Response.WriteAsJsonAsync(body, Older.Json, contentType: null, http.RequestAborted));
    }
}
