using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Pamps.ApiService.Http;

/// <summary>
/// Gives reads a weak ETag (RFC 9110 §8.8.3) made of what they answer, so that a client which has it already gets 304,
/// and says who may keep the answer: nobody but the caller when there is one, since answers depend on who asks. Answers
/// that set an ETag of their own keep it; streams and files are left alone.
/// </summary>
internal static class ConditionalReads
{
    private const string Varies = "Authorization, X-Api-Key, Accept, Accept-Language";

    /// <summary>Adds this to all reads of a group.</summary>
    /// <param name="routes">The group.</param>
    public static RouteGroupBuilder WithConditionalReads(this RouteGroupBuilder routes)
    {
        routes.AddEndpointFilter(async (invocation, next) =>
            HttpMethods.IsGet(invocation.HttpContext.Request.Method) ? Wrap(await next(invocation)) : await next(invocation));
        return routes;
    }

    private static object? Wrap(object? result)
    {
        var answer = result;
        while (answer is INestedHttpResult nested)
        {
            answer = nested.Result;
        }

        return answer is IValueHttpResult { Value: { } value } and IStatusCodeHttpResult { StatusCode: StatusCodes.Status200OK }
            ? new Conditional(value)
            : result;
    }

    private sealed class Conditional(object value) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var options = httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
            return WriteAsync(httpContext, JsonSerializer.SerializeToUtf8Bytes(value, options.GetTypeInfo(value.GetType())));
        }

        private static Task WriteAsync(HttpContext context, byte[] body)
        {
            var headers = context.Response.Headers;
            var tag = headers.ETag.Count > 0 ? headers.ETag.ToString() : WeakTag(body);
            headers.ETag = tag;
            headers.Vary = Varies;
            if (headers.CacheControl.Count == 0)
            {
                headers.CacheControl = context.User.Identity?.IsAuthenticated is true ? "private, no-cache" : "public, max-age=10";
            }

            if (Matches(context.Request, tag))
            {
                context.Response.StatusCode = StatusCodes.Status304NotModified;
                return Task.CompletedTask;
            }

            context.Response.ContentType = "application/json; charset=utf-8";
            context.Response.ContentLength = body.Length;
            return context.Response.Body.WriteAsync(body, 0, body.Length, context.RequestAborted);
        }

        private static string WeakTag(byte[] body)
        {
            Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(body, digest);
            return $"W/\"{Convert.ToHexStringLower(digest[..8])}\"";
        }

        /// <summary>Weak comparison (RFC 9110 §13.1.2).</summary>
        private static bool Matches(HttpRequest request, string tag) =>
            request.Headers.IfNoneMatch.Count > 0 && request.GetTypedHeaders().IfNoneMatch.Any(known =>
                known.Equals(EntityTagHeaderValue.Any) || known.Compare(EntityTagHeaderValue.Parse(tag), useStrongComparison: false));
    }
}
