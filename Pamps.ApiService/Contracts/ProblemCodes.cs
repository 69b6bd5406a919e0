namespace Pamps.ApiService.Contracts;

/// <summary>Stable codes of problem details; clients branch on them. A code is never reused for another meaning.</summary>
public static class ProblemCodes
{
    /// <summary>400: the body or a parameter could not be read.</summary>
    public const string MalformedRequest = "malformed_request";

    /// <summary>400: fields break their rules; <c>errors</c> names them.</summary>
    public const string ValidationFailed = "validation_failed";

    /// <summary>400: an uploaded file cannot be used; the answer says why.</summary>
    public const string InvalidFile = "invalid_file";

    /// <summary>400: the cursor is unreadable or belongs to another list.</summary>
    public const string InvalidCursor = "invalid_cursor";

    /// <summary>400 of the token endpoint: user name, password or refresh token are not right, or no longer.</summary>
    public const string InvalidGrant = "invalid_grant";

    /// <summary>400 of the token endpoint: an unknown scope, or one that the account may not have.</summary>
    public const string InvalidScope = "invalid_scope";

    /// <summary>400 of the token endpoint: a grant type other than <c>password</c> and <c>refresh_token</c>.</summary>
    public const string UnsupportedGrantType = "unsupported_grant_type";

    /// <summary>401: no credentials.</summary>
    public const string TokenMissing = "token_missing";

    /// <summary>401: the credentials are forged, revoked or unknown.</summary>
    public const string TokenInvalid = "token_invalid";

    /// <summary>401: the token is past its time.</summary>
    public const string TokenExpired = "token_expired";

    /// <summary>403: the token lacks a scope; the answer names it.</summary>
    public const string ScopeMissing = "scope_missing";

    /// <summary>403: the account is suspended.</summary>
    public const string AccountSuspended = "account_suspended";

    /// <summary>403: the thread takes no more comments.</summary>
    public const string ThreadLocked = "thread_locked";

    /// <summary>403: not allowed.</summary>
    public const string Forbidden = "forbidden";

    /// <summary>404: not there, or not for the caller.</summary>
    public const string NotFound = "not_found";

    /// <summary>405: the resource knows no such method.</summary>
    public const string MethodNotAllowed = "method_not_allowed";

    /// <summary>409: the user name is taken.</summary>
    public const string UsernameTaken = "username_taken";

    /// <summary>409: the e-mail address is taken.</summary>
    public const string EmailTaken = "email_taken";

    /// <summary>409: a request with the same idempotency key is still running.</summary>
    public const string RequestInFlight = "request_in_flight";

    /// <summary>409: the state of the resource forbids it.</summary>
    public const string Conflict = "conflict";

    /// <summary>410: it was there and is gone for good.</summary>
    public const string Gone = "gone";

    /// <summary>412: the resource has changed since it was read.</summary>
    public const string VersionMismatch = "version_mismatch";

    /// <summary>413: the body is too large.</summary>
    public const string TooLarge = "too_large";

    /// <summary>415: the content type is not understood.</summary>
    public const string UnsupportedMediaType = "unsupported_media_type";

    /// <summary>422: the idempotency key was used with another request.</summary>
    public const string IdempotencyKeyReused = "idempotency_key_reused";

    /// <summary>429: too many requests; <c>Retry-After</c> says when.</summary>
    public const string RateLimited = "rate_limited";

    /// <summary>500: an unexpected failure; the trace id finds it in the logs.</summary>
    public const string InternalError = "internal_error";

    /// <summary>503: a part of the system is away; <c>Retry-After</c> says when to come back.</summary>
    public const string Unavailable = "unavailable";
}
