using System.Buffers.Binary;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;

namespace Pamps.ApiService.Http;

/// <summary>
/// Makes marked POSTs repeatable. The claim of a key is committed before the work begins; the work, its outbox messages
/// and its stored answer are one transaction, and the answer is sent after that is committed. So whatever the client
/// missed, a repetition finds either nothing done or the answer.
/// A request that failed on our side (5xx) gives its claim back; one whose process died loses it after a minute
/// (<see cref="HttpOptions.IdempotencyLease"/>), and one that takes longer than that cannot commit any more. Answers
/// of the 4xx kind are stored too, but for 401, 403 and 429, which say nothing about the request itself.
/// Follows draft-ietf-httpapi-idempotency-key-header-07, with its 409 and 422.
/// </summary>
internal sealed class IdempotentRequests(IdempotencyClaims claims)
{
    private const int KeyMax = 255;
    private const int RetryAfterSeconds = 1;

    /// <summary>Runs the request, or answers with what it answered before.</summary>
    /// <param name="context">The request.</param>
    /// <param name="next">The rest of the pipeline.</param>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<IdempotentOperation>() is not { } operation ||
            !context.Request.Headers.TryGetValue(Idempotency.Header, out var keys))
        {
            await next(context);
            return;
        }

        if (keys.Count != 1 || keys[0] is not { Length: >= 1 and <= KeyMax } key || !key.All(c => c is >= '!' and <= '~'))
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, ProblemCodes.MalformedRequest,
                "Idempotency-Key must be 1 to 255 printable ASCII characters without blanks.");
            return;
        }

        var owner = OwnerOf(context);
        var route = $"{context.Request.Method} {(context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText}";
        var hash = await HashAsync(context.Request, context.RequestAborted);
        var (claim, earlier) = await claims.ClaimAsync(owner, route, key, hash, context.RequestAborted);
        if (claim is not null)
        {
            await RunAsync(context, next, operation, claim);
        }
        else if (earlier is not null && !earlier.RequestHash.AsSpan().SequenceEqual(hash))
        {
            await RefuseAsync(context, StatusCodes.Status422UnprocessableEntity, ProblemCodes.IdempotencyKeyReused,
                "The key was used with another request. Use a new key for each request, and the same key only to repeat one.");
        }
        else if (earlier is { Status: { } status })
        {
            await ReplayAsync(context, earlier, status);
        }
        else
        {
            await RefuseAsInFlightAsync(context);
        }
    }

    private async Task RunAsync(HttpContext context, RequestDelegate next, IdempotentOperation operation, IdempotencyClaim claim)
    {
        var db = context.RequestServices.GetRequiredService<PampsDbContext>();
        var wire = context.Response.Body;
        using var body = new MemoryStream();
        context.Response.Body = body;
        var lost = false;
        try
        {
            if (operation.OwnTransaction)
            {
                await next(context);
                if (IsFinal(context.Response.StatusCode))
                {
                    await IdempotencyClaims.StoreAsync(db, claim, context.Response, body.ToArray());
                }
            }
            else
            {
                await InTransactionAsync(db, async () =>
                {
                    await next(context);
                    var final = IsFinal(context.Response.StatusCode);
                    lost = final && !await IdempotencyClaims.StoreAsync(db, claim, context.Response, body.ToArray());
                    return final && !lost;
                });
            }
        }
        catch
        {
            context.Response.Body = wire;
            await claims.ReleaseAsync(claim);
            throw;
        }

        context.Response.Body = wire;
        if (lost)
        {
            // This took longer than its lease, and a repetition is doing it anew.
            context.Response.Headers.Location = default;
            context.Response.ContentLength = null;
            await RefuseAsInFlightAsync(context);
            return;
        }

        if (!IsFinal(context.Response.StatusCode))
        {
            await claims.ReleaseAsync(claim);
        }

        body.Position = 0;
        await body.CopyToAsync(wire, context.RequestAborted);
    }

    /// <summary>
    /// Runs the work in one transaction. The retrying strategy of the context insists on running transactions itself; it
    /// is handed one attempt, since a request cannot be run twice: the exception is carried out past it.
    /// </summary>
    private static async Task InTransactionAsync(PampsDbContext db, Func<Task<bool>> work)
    {
        var failure = await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            try
            {
                await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
                if (await work())
                {
                    await transaction.CommitAsync(CancellationToken.None);
                }

                return null;
            }
            catch (Exception exception)
            {
                return ExceptionDispatchInfo.Capture(exception);
            }
        });
        failure?.Throw();
    }

    private static bool IsFinal(int status) => status < 500 &&
        status is not (StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden or StatusCodes.Status429TooManyRequests);

    private static async Task ReplayAsync(HttpContext context, IdempotencyKey earlier, int status)
    {
        context.Response.StatusCode = status;
        context.Response.Headers[Idempotency.ReplayedHeader] = "true";
        if (earlier.Location is not null)
        {
            context.Response.Headers.Location = earlier.Location;
        }

        if (earlier.Body is { Length: > 0 } body)
        {
            context.Response.ContentType = earlier.ContentType;
            context.Response.ContentLength = body.Length;
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    /// <summary>The account; for callers without one a negative number made of their address, so that guests do not meet in a key.</summary>
    private static long OwnerOf(HttpContext context)
    {
        if (context.RequestServices.GetRequiredService<CurrentUser>().Id is { } id)
        {
            return id;
        }

        var address = context.Connection.RemoteIpAddress?.GetAddressBytes() ?? [];
        return -(BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(address)) & long.MaxValue) - 1;
    }

    private static async Task<byte[]> HashAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        request.EnableBuffering();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString} {request.ContentType}\n"));
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            hash.AppendData(buffer, 0, read);
        }

        request.Body.Position = 0;
        return hash.GetHashAndReset();
    }

    private static Task RefuseAsInFlightAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return RefuseAsync(context, StatusCodes.Status409Conflict, ProblemCodes.RequestInFlight);
    }

    private static Task RefuseAsync(HttpContext context, int status, string code, string? detail = null)
    {
        context.Response.StatusCode = status;
        return context.RequestServices.GetRequiredService<IProblemDetailsService>().WriteAsync(new ProblemDetailsContext
        {
            HttpContext = context,
            ProblemDetails = Problems.Details(status, code, detail),
        }).AsTask();
    }
}
