using Microsoft.AspNetCore.Http.HttpResults;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Tokens;

/// <summary>Refusals of the token endpoint: problem details with the members of RFC 6749 §5.2 beside them, for OAuth libraries.</summary>
internal static class TokenProblems
{
    /// <summary>400: name, password or refresh token are not right. Does not tell which, nor whether the account exists.</summary>
    public static ProblemHttpResult InvalidGrant(string detail = "The user name or the password is not right.") =>
        Of(StatusCodes.Status400BadRequest, ProblemCodes.InvalidGrant, "invalid_grant", detail);

    /// <summary>400: a parameter is missing.</summary>
    /// <param name="detail">Which.</param>
    public static ProblemHttpResult InvalidRequest(string detail) =>
        Of(StatusCodes.Status400BadRequest, ProblemCodes.MalformedRequest, "invalid_request", detail);

    /// <summary>400: an unknown scope, or one beyond the rights of the account or the session.</summary>
    public static ProblemHttpResult InvalidScope() =>
        Of(StatusCodes.Status400BadRequest, ProblemCodes.InvalidScope, "invalid_scope", "Ask for scopes that exist and that the account may have.");

    /// <summary>400: another grant type.</summary>
    public static ProblemHttpResult UnsupportedGrantType() =>
        Of(StatusCodes.Status400BadRequest, ProblemCodes.UnsupportedGrantType, "unsupported_grant_type", "Use password or refresh_token.");

    /// <summary>403: the password is right, but the account is suspended.</summary>
    public static ProblemHttpResult Suspended() =>
        Of(StatusCodes.Status403Forbidden, ProblemCodes.AccountSuspended, "invalid_grant", "The account is suspended.");

    /// <summary>429: too many sign-ins with one name, from anywhere.</summary>
    /// <param name="wait">When to come back.</param>
    public static ProblemHttpResult TooMany(TimeSpan wait)
    {
        var result = Of(StatusCodes.Status429TooManyRequests, ProblemCodes.RateLimited, "invalid_grant", "Too many sign-ins with this name.");
        result.ProblemDetails.Extensions[Problems.RetryAfterMember] = RateLimits.Seconds(wait);
        return result;
    }

    private static ProblemHttpResult Of(int status, string code, string error, string detail)
    {
        var problem = Problems.Details(status, code, detail);
        problem.Extensions["error"] = error;
        problem.Extensions["error_description"] = detail;
        return TypedResults.Problem(problem);
    }
}
