using Pamps.ApiService.Contracts;

namespace Pamps.Web.ApiClient;

/// <summary>Problem details of the API (RFC 9457), as a page needs them.</summary>
/// <param name="Status">The HTTP status; 503 when the API could not be reached in time.</param>
/// <param name="Code">One of <see cref="ProblemCodes"/>.</param>
/// <param name="Message">A sentence in the visitor's language, if the API gave one.</param>
public sealed record ApiProblem(int Status, string Code, string? Message)
{
    /// <summary>Messages per field, by JSON name.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; init; } = new Dictionary<string, string[]>();

    /// <summary>The trace that finds this failure in the logs.</summary>
    public string? TraceId { get; init; }

    /// <summary>When to come back, for 429 and 503.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The API is away, slow or broken: nothing the visitor did.</summary>
    public bool IsOutage => Status >= 500;

    /// <summary>The problem of an API that gave no usable answer.</summary>
    public static ApiProblem Unreachable() => new(StatusCodes.Status503ServiceUnavailable, ProblemCodes.Unavailable, null);
}
