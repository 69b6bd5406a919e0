using System.Text.Json;
using Microsoft.Net.Http.Headers;

namespace Pamps.ApiService.Adapters;

/// <summary>A list of any length, sent item by item: a JSON array, or one JSON object per line for clients that accept <c>application/x-ndjson</c>.</summary>
internal sealed class OlderList<T>(IAsyncEnumerable<T> items) : IResult
{
    private const string Lines = "application/x-ndjson";

    private static readonly byte[] LineEnd = "\n"u8.ToArray();

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        if (!httpContext.Request.GetTypedHeaders().Accept.Any(type => type.MediaType.Equals(Lines, StringComparison.OrdinalIgnoreCase)))
        {
            await response.WriteAsJsonAsync(items, Older.Json, contentType: null, httpContext.RequestAborted);
            return;
        }

        response.ContentType = Lines;
        await foreach (var item in items.WithCancellation(httpContext.RequestAborted))
        {
            await response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(item, Older.Json), httpContext.RequestAborted);
            await response.Body.WriteAsync(LineEnd, httpContext.RequestAborted);
        }
    }
}
