using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using Pamps.ApiService.Contracts;

namespace Pamps.Web.ApiClient;

/// <summary>
/// Sends one request to the API and turns whatever comes back into an <see cref="ApiResult{T}"/>: an API that is
/// away, slow or talks nonsense becomes a problem to show, never an exception, so that a page always has something to render.
/// </summary>
internal sealed partial class ApiConnection(HttpClient http, IOptions<ApiOptions> options, TimeProvider clock, ILogger<ApiConnection> logger)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Reads a resource.</summary>
    public Task<ApiResult<T>> GetAsync<T>(string path, CancellationToken cancellationToken)
        where T : class => SendAsync<T>(new HttpRequestMessage(HttpMethod.Get, path), cancellationToken);

    /// <summary>Sends a JSON body, if any, and reads the answer.</summary>
    public Task<ApiResult<T>> SendAsync<T>(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
        where T : class => SendAsync<T>(Request(method, path, body), cancellationToken);

    /// <summary>Makes a request with a JSON body, for callers that add headers.</summary>
    public static HttpRequestMessage Request(HttpMethod method, string path, object? body) => new(method, path)
    {
        Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: Json),
    };

    /// <summary>Sends a request and reads the answer.</summary>
    /// <param name="request">The request; disposed here.</param>
    /// <param name="cancellationToken">Ends the call when the visitor is gone.</param>
    /// <param name="timeLimit">How long to wait, for calls that carry more than a few kilobytes.</param>
    public async Task<ApiResult<T>> SendAsync<T>(HttpRequestMessage request, CancellationToken cancellationToken, TimeSpan? timeLimit = null)
        where T : class
    {
        using (request)
        using (var limit = new CancellationTokenSource(timeLimit > options.Value.TimeLimit ? timeLimit.Value : options.Value.TimeLimit, clock))
        using (var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken))
        {
            try
            {
                using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
                if (!response.IsSuccessStatusCode)
                {
                    return await ProblemOf(response, either.Token);
                }

                if (typeof(T) == typeof(Nothing))
                {
                    return (T)(object)Nothing.Value;
                }

                return await response.Content.ReadFromJsonAsync<T>(Json, either.Token) is { } value
                    ? value
                    : ApiProblem.Unreachable();
            }
            // Refused connections, resets, time limits of ours or of the resilience pipeline, an open circuit, a body that
            // is no JSON: all mean the same to a person. Only a visitor who went away ends the request itself.
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                LogUnreachable(exception, request.Method, request.RequestUri?.ToString().Split('?')[0]);
                return ApiProblem.Unreachable();
            }
        }
    }

    /// <summary>Opens an answer that never ends, such as the event stream; the caller disposes it.</summary>
    public async Task<HttpResponseMessage?> OpenAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogUnreachable(exception, request.Method, request.RequestUri?.ToString().Split('?')[0]);
            return null;
        }
    }

    private static async Task<ApiProblem> ProblemOf(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var retryAfter = response.Headers.RetryAfter?.Delta;
        if (response.Content.Headers.ContentType?.MediaType is not ("application/problem+json" or "application/json"))
        {
            return new(status, CodeOf(status), null) { RetryAfter = retryAfter };
        }

        JsonNode? node;
        try
        {
            node = await JsonNode.ParseAsync(await response.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken);
        }
        catch (JsonException)
        {
            node = null;
        }

        if (node is not JsonObject body)
        {
            return new(status, CodeOf(status), null) { RetryAfter = retryAfter };
        }

        return new(status, TextOf(body, "code") ?? CodeOf(status), TextOf(body, "detail") ?? TextOf(body, "title"))
        {
            Errors = ErrorsOf(body),
            TraceId = TextOf(body, "traceId"),
            RetryAfter = retryAfter,
        };
    }

    private static Dictionary<string, string[]> ErrorsOf(JsonObject body)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.OrdinalIgnoreCase);
        if (body["errors"] is JsonObject fields)
        {
            foreach (var (field, messages) in fields)
            {
                errors[field] = messages is JsonArray list ? [.. list.Select(message => message?.ToString() ?? "")] : [messages?.ToString() ?? ""];
            }
        }

        return errors;
    }

    private static string? TextOf(JsonObject body, string member) =>
        body[member] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;

    private static string CodeOf(int status) => status switch
    {
        401 => ProblemCodes.TokenInvalid,
        403 => ProblemCodes.Forbidden,
        404 => ProblemCodes.NotFound,
        410 => ProblemCodes.Gone,
        413 => ProblemCodes.TooLarge,
        429 => ProblemCodes.RateLimited,
        >= 500 => ProblemCodes.Unavailable,
        _ => ProblemCodes.MalformedRequest,
    };

    /// <summary>Reads only the bearer part that the API expects.</summary>
    public static AuthenticationHeaderValue Bearer(string accessToken) => new("Bearer", accessToken);

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "The API gave no usable answer to {Method} {Path}")]
    private partial void LogUnreachable(Exception exception, HttpMethod method, string? path);
}
