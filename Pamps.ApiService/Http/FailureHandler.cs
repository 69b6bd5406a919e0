using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Npgsql;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;

namespace Pamps.ApiService.Http;

/// <summary>
/// Turns exceptions into problem documents: unreadable requests into 4xx, a database that is away into 503, everything
/// else into a 500 that tells nothing but the trace id.
/// </summary>
internal sealed partial class FailureHandler(IProblemDetailsService problems, ILogger<FailureHandler> logger) : IExceptionHandler
{
    private const int RetryAfterSeconds = 2;

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer; 499 is what proxies log for it.
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        var problem = Describe(exception);
        if (problem.Status == StatusCodes.Status503ServiceUnavailable)
        {
            httpContext.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            LogUnavailable(logger, exception.GetType().Name, httpContext.Request.Path);
        }
        else if (problem.Status >= StatusCodes.Status500InternalServerError)
        {
            LogFailure(logger, exception, httpContext.Request.Method, httpContext.Request.Path);
        }

        httpContext.Response.StatusCode = problem.Status!.Value;
        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = problem, Exception = exception });
    }

    private static ProblemDetails Describe(Exception exception) => exception switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } =>
            Problems.Details(StatusCodes.Status413PayloadTooLarge, ProblemCodes.TooLarge),
        BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } =>
            Problems.Details(StatusCodes.Status415UnsupportedMediaType, ProblemCodes.UnsupportedMediaType),
        BadHttpRequestException { InnerException: JsonException json } => Problems.Details(
            StatusCodes.Status400BadRequest, ProblemCodes.MalformedRequest,
            json.Path is { Length: > 1 } path ? $"The JSON body cannot be read at {path}." : "The body is not valid JSON."),
        BadHttpRequestException bad => Problems.Details(bad.StatusCode, ProblemCodes.MalformedRequest, bad.Message),
        UnavailableException or PasswordQueueFullException => Problems.Details(
            StatusCodes.Status503ServiceUnavailable, ProblemCodes.Unavailable, exception.Message),
        // Class 22, "data exception": a NUL character or another one that the database cannot store.
        _ when SqlStateOf(exception)?.StartsWith("22", StringComparison.Ordinal) is true => Problems.Details(
            StatusCodes.Status400BadRequest, ProblemCodes.MalformedRequest, "The request holds characters or numbers that cannot be stored."),
        _ when IsDatabaseAway(exception) => Problems.Details(StatusCodes.Status503ServiceUnavailable, ProblemCodes.Unavailable),
        _ => Problems.Details(StatusCodes.Status500InternalServerError, ProblemCodes.InternalError),
    };

    private static string? SqlStateOf(Exception exception) =>
        (exception as PostgresException ?? exception.InnerException as PostgresException)?.SqlState;

    private static bool IsDatabaseAway(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            // Also the classes "connection exception", "insufficient resources" and "operator intervention" of Postgres.
            if (cause is PostgresException { SqlState: var state })
            {
                return state.StartsWith("08", StringComparison.Ordinal) ||
                    state.StartsWith("53", StringComparison.Ordinal) ||
                    state.StartsWith("57", StringComparison.Ordinal);
            }

            if (cause is NpgsqlException { IsTransient: true } or System.Net.Sockets.SocketException or TimeoutException)
            {
                return true;
            }
        }

        return false;
    }

    [LoggerMessage(EventId = 1001, Level = LogLevel.Error, Message = "Unhandled failure of {Method} {Path}")]
    private static partial void LogFailure(ILogger logger, Exception exception, string method, string path);

    [LoggerMessage(EventId = 1002, Level = LogLevel.Warning, Message = "Answered 503 for {Path}: {Cause}")]
    private static partial void LogUnavailable(ILogger logger, string cause, string path);
}
