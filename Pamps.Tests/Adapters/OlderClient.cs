using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Pamps.Tests.Adapters;

/// <summary>Speaks to the older APIs as their clients do: JSON in, JSON out, bearer token or nothing.</summary>
internal sealed class OlderClient(HttpClient http, string? token = null)
{
    public string? Token { get; } = token;

    /// <summary>The same connection with a token.</summary>
    public OlderClient With(string bearer) => new(http, bearer);

    /// <summary>Sends JSON, or no body for null; asserts the status and returns the body, null when there is none.</summary>
    public Task<JsonNode?> JsonAsync(HttpMethod method, string path, HttpStatusCode expected, object? body = null) =>
        SendAsync(method, path, expected, body is null ? null : JsonContent.Create(body));

    public async Task<JsonNode> GetAsync(string path) => (await JsonAsync(HttpMethod.Get, path, HttpStatusCode.OK))!;

    public async Task<JsonNode> PostAsync(string path, HttpStatusCode expected, object? body = null) =>
        (await JsonAsync(HttpMethod.Post, path, expected, body))!;

    /// <summary>Sends a text as the body, with the content type given, or none.</summary>
    public Task<JsonNode?> RawAsync(HttpMethod method, string path, HttpStatusCode expected, string body, string? contentType)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        return SendAsync(method, path, expected, content);
    }

    public async Task<JsonNode> FormAsync(string path, HttpStatusCode expected, params (string Name, string Value)[] fields) =>
        (await SendAsync(HttpMethod.Post, path, expected, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)))))!;

    public async Task<JsonNode?> SendAsync(HttpMethod method, string path, HttpStatusCode expected, HttpContent? content)
    {
        using var response = await ResponseAsync(method, path, content);
        await response.ShouldBe(expected);
        var text = await response.Content.ReadAsStringAsync();
        if (text.Length > 0)
        {
            Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        }

        if (expected == HttpStatusCode.Unauthorized)
        {
            Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
        }

        return text.Length == 0 ? null : JsonNode.Parse(text);
    }

    public async Task<HttpResponseMessage> ResponseAsync(HttpMethod method, string path, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        // A body that is refused for its length is not even sent.
        request.Headers.ExpectContinue = content?.Headers.ContentLength > 1_000_000;
        if (Token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Token}");
        }

        return await http.SendAsync(request);
    }

    /// <summary>Asserts a body of an error.</summary>
    public static void IsDetail(string expected, JsonNode? body) => Same($$"""{"detail":{{JsonValue.Create(expected).ToJsonString()}}}""", body);

    /// <summary>Asserts two JSON values equal, whatever the order of keys.</summary>
    public static void Same(string expected, JsonNode? actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), $"Expected {expected}\nActual   {actual?.ToJsonString()}");

    /// <summary>Asserts the keys of an object, no more and no fewer.</summary>
    public static void HasKeys(JsonNode? actual, params string[] keys) => Assert.Equal(keys.Order(), actual!.AsObject().Select(pair => pair.Key).Order());

    /// <summary>The entries of a 422, as <c>loc|type</c>.</summary>
    public static IEnumerable<string> Errors(JsonNode? body) =>
        body!["detail"]!.AsArray().Select(error => $"{string.Join('.', error!["loc"]!.AsArray().Select(step => step!.ToString()))}|{error["type"]}");
}
