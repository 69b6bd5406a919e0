using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Pamps.ApiService.Http;

/// <summary>
/// Completes and writes every problem document, whoever raised it: handlers, validation, routing, authentication,
/// limits, the exception handler. Unlike the framework's writer it does not look at <c>Accept</c>: a client that asked
/// for a page of JSON or RSS still gets the reason in a form it can tell apart by the content type.
/// </summary>
internal sealed class ProblemWriter(IOptions<JsonOptions> json) : IProblemDetailsWriter
{
    private const string ContentType = "application/problem+json";

    public bool CanWrite(ProblemDetailsContext context) => true;

    public ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var http = context.HttpContext;
        Complete(http, context.ProblemDetails);
        http.Response.StatusCode = context.ProblemDetails.Status!.Value;
        http.Response.Headers.CacheControl = "no-store";
        if (context.ProblemDetails.Extensions.TryGetValue(Problems.RetryAfterMember, out var seconds))
        {
            http.Response.Headers.RetryAfter = seconds?.ToString();
        }

        return new ValueTask(http.Response.WriteAsJsonAsync(
            context.ProblemDetails, context.ProblemDetails.GetType(), json.Value.SerializerOptions, ContentType, http.RequestAborted));
    }

    /// <summary>Adds what each problem document has: code, type, title, instance, trace id; and JSON names for the members.</summary>
    /// <param name="http">The request.</param>
    /// <param name="problem">The document.</param>
    public static void Complete(HttpContext http, ProblemDetails problem)
    {
        problem.Status ??= http.Response.StatusCode;
        if (problem is HttpValidationProblemDetails { Errors.Count: > 0 } validation)
        {
            validation.Errors = validation.Errors.ToDictionary(error => JsonName(error.Key), error => error.Value);
        }

        var code = problem.Extensions.TryGetValue(Problems.CodeMember, out var given) && given is string text
            ? text
            : ProblemTexts.CodeOf(problem);
        problem.Extensions[Problems.CodeMember] = code;
        problem.Type = $"/problems/{code}";
        var language = Languages.Of(http.Request);
        problem.Title = ProblemTexts.Title(code, language);
        if (language == Languages.Portuguese)
        {
            Translate(problem);
        }

        problem.Instance = http.Request.Path;
        if (problem.Status is StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed && !http.Request.Path.StartsWithSegments("/api"))
        {
            // At the root clients of the older APIs may have lost their way; they read the detail alone.
            problem.Detail ??= ReasonPhrases.GetReasonPhrase(problem.Status.Value);
        }

        problem.Extensions["traceId"] = Activity.Current?.Id ?? http.TraceIdentifier;
    }

    private static void Translate(ProblemDetails problem)
    {
        problem.Detail = problem.Detail is { } detail ? PortugueseMessages.Find(detail) ?? detail : null;
        if (problem is HttpValidationProblemDetails { Errors.Count: > 0 } validation)
        {
            validation.Errors = validation.Errors.ToDictionary(error => error.Key, error => error.Value.Select(message => PortugueseMessages.Find(message) ?? message).ToArray());
        }
    }

    /// <summary>Validation reports property names, such as <c>Links[0]</c>; clients know the JSON names.</summary>
    private static string JsonName(string path) =>
        string.Join('.', path.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));
}
