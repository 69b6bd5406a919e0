using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pamps.Tests.Http;

/// <summary>
/// Makes requests from the OpenAPI document: mostly of the right shape, with values at and beyond the edges, and now and
/// then of the wrong shape. The same seed makes the same requests.
/// </summary>
internal sealed class RequestFuzzer(JsonElement document, int seed)
{
    private const int DeepestBody = 4;

    private static readonly string[] Texts =
    [
        "", " ", "a", "ana", "\0", "a\0b", "😀", "👩‍👩‍👧‍👦", "ñ", "e\u0301", "\u202Eevil", "\uFEFF", "\r\nX-Injected: 1", "' OR 1=1 --", "\"; DROP TABLE posts; --",
        "<script>alert(1)</script>", "{{7*7}}", "${jndi:ldap://x}", "../../etc/passwd", "%00", "%", "_", "\\", "0", "1", "-1", "1e309", "NaN", "null", "true", "[]", "{}",
        "2026-02-30T25:61:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z", "https://example.org/?q=1#x", "javascript:alert(1)", "ftp://example.org", "a@example.org",
        "9223372036854775807", "9223372036854775808", "99999999999999999999", new('x', 31), new('x', 501), new('é', 5_000), new('#', 300), "#tag @ana https://example.org", "pt-BR", "xx",
    ];

    private static readonly long[] Numbers = [0, 1, -1, 2, 40, 41, 1_000_000, int.MaxValue, int.MaxValue + 1L, long.MaxValue, long.MinValue];

    private readonly Random _random = new(seed);

    /// <summary>Ids, names and words that exist, so that some requests find something.</summary>
    public List<string> Known { get; } = [];

    /// <summary>Every operation of the document: address template, method and description.</summary>
    public IEnumerable<(string Path, string Method, JsonElement Operation)> Operations =>
        document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()
            .Where(member => member.Name is "get" or "put" or "post" or "delete" or "patch")
            .Select(member => (path.Name, member.Name.ToUpperInvariant(), member.Value)));

    /// <summary>Makes one request.</summary>
    /// <param name="path">The address template.</param>
    /// <param name="method">The method.</param>
    /// <param name="operation">Its description.</param>
    public HttpRequestMessage Make(string path, string method, JsonElement operation)
    {
        var query = new StringBuilder();
        var headers = new List<(string Name, string Value)>();
        foreach (var parameter in Parameters(operation))
        {
            var name = parameter.GetProperty("name").GetString()!;
            var schema = parameter.TryGetProperty("schema", out var given) ? given : default;
            switch (parameter.GetProperty("in").GetString())
            {
                case "path":
                    path = path.Replace($"{{{name}}}", Uri.EscapeDataString(PathValue(schema)), StringComparison.Ordinal);
                    break;
                case "query" when Chance(40):
                    for (var times = Chance(90) ? 1 : 2; times > 0; times--)
                    {
                        query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(Plain(Value(schema, 0))));
                    }

                    break;
                case "header" when Chance(30):
                    headers.Add((name, Pick(["1", "\"1\"", "W/\"1\"", "*", "key", new('k', 300), "☃"])));
                    break;
            }
        }

        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path + query, UriKind.Relative)) { Content = Body(operation) };
        foreach (var (name, value) in headers.Where(header => header.Value.All(char.IsAscii)))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private static IEnumerable<JsonElement> Parameters(JsonElement operation) =>
        operation.TryGetProperty("parameters", out var list) ? list.EnumerateArray() : [];

    private HttpContent? Body(JsonElement operation)
    {
        if (!operation.TryGetProperty("requestBody", out var body))
        {
            return Chance(5) ? new StringContent("{", Encoding.UTF8, "application/json") : null;
        }

        if (Chance(5))
        {
            return null;
        }

        var contents = body.GetProperty("content").EnumerateObject().ToList();
        var content = contents[_random.Next(contents.Count)];
        var schema = content.Value.TryGetProperty("schema", out var given) ? given : default;
        switch (content.Name)
        {
            case "application/x-www-form-urlencoded":
                return new FormUrlEncodedContent(Members(schema).Where(_ => Chance(80)).Select(member => KeyValuePair.Create(member.Name, Plain(Value(member.Value, 0)))));
            case "multipart/form-data":
                var form = new MultipartFormDataContent();
                foreach (var member in Members(schema).Where(_ => Chance(80)))
                {
                    form.Add(new StringContent(Plain(Value(member.Value, 0))), member.Name, "file.csv");
                }

                return form;
            default:
                var json = Value(schema, 0)?.ToJsonString() ?? "null";
                return new StringContent(Chance(5) ? json[..(json.Length / 2)] : json, Encoding.UTF8, Chance(97) ? content.Name.Replace("*/*", "text/csv", StringComparison.Ordinal) : "text/plain");
        }
    }

    private string PathValue(JsonElement schema)
    {
        var text = Known.Count > 0 && Chance(80) ? Pick(Known) : Plain(Value(schema, 0));
        // The server itself refuses NUL in an address, and the client leaves dots out of one; neither reaches the API.
        text = text.Replace("\0", "", StringComparison.Ordinal);
        return text is "" or "." or ".." ? "1" : text;
    }

    private JsonNode? Value(JsonElement schema, int depth)
    {
        schema = Resolve(schema);
        if (depth > DeepestBody || schema.ValueKind != JsonValueKind.Object || Chance(8))
        {
            return Anything();
        }

        if (schema.TryGetProperty("enum", out var words) && Chance(80))
        {
            return JsonNode.Parse(words[_random.Next(words.GetArrayLength())].GetRawText());
        }

        if ((schema.TryGetProperty("oneOf", out var kinds) || schema.TryGetProperty("anyOf", out kinds) || schema.TryGetProperty("allOf", out kinds)) && kinds.GetArrayLength() > 0)
        {
            return Value(kinds[_random.Next(kinds.GetArrayLength())], depth);
        }

        return TypeOf(schema) switch
        {
            "object" => new JsonObject(Members(schema).Where(_ => Chance(80)).Select(member => KeyValuePair.Create(member.Name, Value(member.Value, depth + 1)))),
            "array" => new JsonArray([.. Enumerable.Range(0, _random.Next(4)).Select(_ => Value(schema.TryGetProperty("items", out var items) ? items : default, depth + 1))]),
            "integer" or "number" => JsonValue.Create(Pick(Numbers)),
            "boolean" => JsonValue.Create(Chance(50)),
            "string" => JsonValue.Create(Known.Count > 0 && Chance(30) ? Pick(Known) : Pick(Texts)),
            _ => Anything(),
        };
    }

    private JsonNode? Anything() => _random.Next(7) switch
    {
        0 => null,
        1 => JsonValue.Create(Pick(Numbers)),
        2 => JsonValue.Create(true),
        3 => new JsonArray(1, "a", null),
        4 => new JsonObject { ["a"] = new JsonObject { ["b"] = 1 } },
        5 => JsonValue.Create(0.5),
        _ => JsonValue.Create(Pick(Texts)),
    };

    private IEnumerable<JsonProperty> Members(JsonElement schema)
    {
        schema = Resolve(schema);
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        var own = schema.TryGetProperty("properties", out var properties) ? properties.EnumerateObject().AsEnumerable() : [];
        return schema.TryGetProperty("allOf", out var parts) ? own.Concat(parts.EnumerateArray().SelectMany(Members)) : own;
    }

    private JsonElement Resolve(JsonElement schema)
    {
        while (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("$ref", out var reference))
        {
            schema = reference.GetString()!.Split('/').Skip(1).Aggregate(document, (element, name) => element.GetProperty(name));
        }

        return schema;
    }

    // A nullable type is a list of two in OpenAPI 3.1.
    private static string? TypeOf(JsonElement schema) =>
        !schema.TryGetProperty("type", out var type) ? schema.TryGetProperty("properties", out _) ? "object" : null
        : type.ValueKind == JsonValueKind.String ? type.GetString()
        : type.EnumerateArray().Select(name => name.GetString()).FirstOrDefault(name => name != "null");

    private static string Plain(JsonNode? value) => value switch
    {
        null => "",
        JsonValue single when single.TryGetValue<string>(out var text) => text,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private bool Chance(int percent) => _random.Next(100) < percent;

    private T Pick<T>(IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];
}
