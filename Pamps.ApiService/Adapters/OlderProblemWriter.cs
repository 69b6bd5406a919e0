using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace Pamps.ApiService.Adapters;

/// <summary>
/// Writes what routing, limits and failures refuse outside the canonical API: older clients look for <c>detail</c>, and an
/// unknown path at the root is one of theirs rather than one of ours.
/// </summary>
internal sealed class OlderProblemWriter : IProblemDetailsWriter
{
    // Everything else at the root was or may have been an older API's.
    private static readonly PathString[] Canonical =
        ["/api/v1", "/.well-known", "/problems", "/openapi", "/openapi.json", "/docs", "/redoc", "/health", "/alive", "/oauth"];

    private static readonly PathString Comments = "/api/comment";

    public bool CanWrite(ProblemDetailsContext context) =>
        !Canonical.Any(start => context.HttpContext.Request.Path.StartsWithSegments(start, StringComparison.OrdinalIgnoreCase));

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
