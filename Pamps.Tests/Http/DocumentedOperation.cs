using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Xunit.Sdk;

namespace Pamps.Tests.Http;

/// <summary>An operation of the OpenAPI document, and a request to it as the document describes it.</summary>
internal sealed record DocumentedOperation(string Id, HttpMethod Method, string Path, bool IsProtected, IReadOnlyList<string> Scopes, JsonNode Node)
{
    /// <summary>Everything of a document.</summary>
    public static IEnumerable<DocumentedOperation> ReadAll(JsonNode document)
    {
        foreach (var (path, methods) in document["paths"]!.AsObject())
        {
            foreach (var (method, node) in methods!.AsObject().Where(member => member.Key is "get" or "post" or "put" or "patch" or "delete"))
            {
                var security = node!["security"]?.AsArray();
                yield return new DocumentedOperation(
                    node["operationId"]?.ToString() ?? "", new HttpMethod(method.ToUpperInvariant()), path, security is { Count: > 0 },
                    [.. security?.SelectMany(one => one!.AsObject()).SelectMany(scheme => scheme.Value!.AsArray()).Select(scope => scope!.ToString()).Distinct() ?? []],
                    node);
            }
        }
    }

    /// <summary>The statuses that the document knows.</summary>
    public IEnumerable<int> Statuses => Node["responses"]!.AsObject().Select(response => int.Parse(response.Key, CultureInfo.InvariantCulture));

    /// <summary>Names of what may stand behind the question mark.</summary>
    public IEnumerable<string> QueryNames => ParametersIn("query");

    /// <summary>Names of what stands in braces.</summary>
    public IEnumerable<string> PathNames => ParametersIn("path");

    /// <summary>Types of the body; the first is the one to send.</summary>
    public IReadOnlyList<string> BodyTypes => [.. Node["requestBody"]?["content"]?.AsObject().Select(content => content.Key) ?? []];

    /// <summary>The body of the document's example, if it is JSON.</summary>
    public JsonNode? Example => Node["requestBody"]?["content"]?["application/json"]?["example"]?.DeepClone();

    public bool Documents(int status) => Node["responses"]!.AsObject().ContainsKey(status.ToString(CultureInfo.InvariantCulture));

    /// <summary>A request with the example as its body, about the things of a world.</summary>
    /// <param name="world">Where its things are.</param>
    /// <param name="token">Who asks; nobody when null.</param>
    /// <param name="things">Values of path parameters that are others than in the world.</param>
    /// <param name="query">Instead of the query that the operation needs at least.</param>
    /// <param name="body">Instead of the example.</param>
    public HttpRequestMessage Request(
        OperationWorld world, string? token, IReadOnlyDictionary<string, string>? things = null, string? query = null, HttpContent? body = null)
    {
        var request = new HttpRequestMessage(Method, Address(world, things) + (query ?? Query(world))) { Content = body ?? Body() };
        if (token is not null)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        return request;
    }

    /// <summary>Sends the request of the example.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpClient http, OperationWorld world, string? token)
    {
        using var request = Request(world, token);

        // Headers are enough: a live stream has no end.
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public override string ToString() => $"{Method} {Path} ({Id})";

    private IEnumerable<string> ParametersIn(string place) =>
        (Node["parameters"]?.AsArray() ?? []).Where(parameter => parameter!["in"]!.ToString() == place).Select(parameter => parameter!["name"]!.ToString());

    private HttpContent? Body()
    {
        if (BodyTypes.Count == 0)
        {
            return null;
        }

        return BodyTypes[0].StartsWith("multipart/", StringComparison.Ordinal)
            ? new MultipartFormDataContent { { new StringContent("a"), "file", "a.csv" } }
            : BodyTypes[0].Contains("form", StringComparison.Ordinal)
                ? new FormUrlEncodedContent([])
                : new StringContent(Node["requestBody"]!["content"]![BodyTypes[0]]!["example"]?.ToJsonString() ?? "{}", Encoding.UTF8, BodyTypes[0]);
    }

    private string Address(OperationWorld world, IReadOnlyDictionary<string, string>? things) => PathNames.Aggregate(
        Path, (address, name) => address.Replace(
            $"{{{name}}}",
            things?.GetValueOrDefault(name) ?? world.Things.GetValueOrDefault(name) ?? throw new XunitException($"{this}: say in {nameof(OperationWorld)} what {{{name}}} is."),
            StringComparison.Ordinal));

    private string Query(OperationWorld world)
    {
        var query = QueryNames.Where(name => name is "id" or "ids" or "q").Select(name => $"{name}={(name == "ids" ? world.Things["accountId"] : name == "q" ? "bom" : world.ContentId)}").ToList();
        return query.Count > 0 ? $"?{string.Join('&', query)}" : "";
    }
}
