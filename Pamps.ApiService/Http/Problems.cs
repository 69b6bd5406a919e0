using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Pamps.ApiService.Contracts;

namespace Pamps.ApiService.Http;

/// <summary>
/// The refusals of the API, as problem details (RFC 9457). Handlers say status, code and what is special;
/// <see cref="ProblemWriter"/> adds what every answer has (type, title, instance, trace id).
/// </summary>
internal static class Problems
{
    /// <summary>The member that clients branch on.</summary>
    public const string CodeMember = "code";

    /// <summary>Seconds until a repetition may succeed; also sent as the header <c>Retry-After</c>.</summary>
    public const string RetryAfterMember = "retryAfter";

    /// <summary>A refusal with one of <see cref="ProblemCodes"/>.</summary>
    /// <param name="status">HTTP status.</param>
    /// <param name="code">Stable code.</param>
    /// <param name="detail">What happened this time, for people.</param>
    public static ProblemHttpResult Of(int status, string code, string? detail = null) =>
        TypedResults.Problem(Details(status, code, detail));

    /// <summary>404: not there, or not for the caller.</summary>
    public static ProblemHttpResult NotFound() => Of(StatusCodes.Status404NotFound, ProblemCodes.NotFound);

    /// <summary>410: was there once.</summary>
    public static ProblemHttpResult Gone() => Of(StatusCodes.Status410Gone, ProblemCodes.Gone);

    /// <summary>403: known, but not allowed.</summary>
    /// <param name="detail">Why not.</param>
    public static ProblemHttpResult Forbidden(string? detail = null) =>
        Of(StatusCodes.Status403Forbidden, ProblemCodes.Forbidden, detail);

    /// <summary>400 with the rule that one member breaks.</summary>
    /// <param name="field">JSON name of the member, or name of the query parameter.</param>
    /// <param name="message">The rule.</param>
    public static ProblemHttpResult Invalid(string field, string message) =>
        Invalid(new Dictionary<string, string[]> { [field] = [message] });

    /// <summary>400 with the rules that members break.</summary>
    /// <param name="errors">Messages by JSON name.</param>
    public static ProblemHttpResult Invalid(IDictionary<string, string[]> errors)
    {
        var problem = new HttpValidationProblemDetails(errors) { Status = StatusCodes.Status400BadRequest };
        problem.Extensions[CodeMember] = ProblemCodes.ValidationFailed;
        return TypedResults.Problem(problem);
    }

    /// <summary>400: the cursor cannot be read, is of another list, or came together with an id.</summary>
    public static ProblemHttpResult InvalidCursor() =>
        Of(StatusCodes.Status400BadRequest, ProblemCodes.InvalidCursor,
            "Use a cursor as it was answered by this list, and not together with max_id, since_id or min_id, which are ids.");

    /// <summary>409: the state of the resource forbids it.</summary>
    /// <param name="code">Stable code.</param>
    /// <param name="detail">What stands in the way.</param>
    public static ProblemHttpResult Conflict(string code = ProblemCodes.Conflict, string? detail = null) =>
        Of(StatusCodes.Status409Conflict, code, detail);

    /// <summary>412: the resource has changed since it was read.</summary>
    public static ProblemHttpResult VersionMismatch() =>
        Of(StatusCodes.Status412PreconditionFailed, ProblemCodes.VersionMismatch, "Read the resource again, merge, and repeat with its new version.");

    /// <summary>The bare problem, for callers that write it themselves.</summary>
    /// <param name="status">HTTP status.</param>
    /// <param name="code">Stable code.</param>
    /// <param name="detail">What happened this time, for people.</param>
    public static ProblemDetails Details(int status, string code, string? detail = null) =>
        new() { Status = status, Detail = detail, Extensions = { [CodeMember] = code } };
}
