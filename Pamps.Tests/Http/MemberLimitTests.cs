using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Pamps.Tests.Features.Feeds;

namespace Pamps.Tests.Http;

/// <summary>Members of bodies that are too long, or hold what no text holds: refused by name, for every operation of the document, and nothing has changed.</summary>
public sealed class MemberLimitTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_text_that_is_too_long_is_refused_with_its_limit()
    {
        var (document, operations, world, before) = await ArrangeAsync();
        var tried = 0;
        foreach (var operation in operations)
        {
            foreach (var (name, limit) in TextsOf(document, operation).Where(member => member.Limit is not null))
            {
                using var response = await SendAsync(operation, world, name, JsonValue.Create(new string('x', limit!.Value + 1)));

                var problem = await response.ShouldBeProblemAsync(400, "validation_failed");
                Assert.True(problem.Errors?.ContainsKey(name) is true, $"{operation} does not name {name}.");
                Assert.Contains(limit.Value.ToString(CultureInfo.InvariantCulture), string.Join(' ', problem.Errors![name]).Replace(",", "", StringComparison.Ordinal), StringComparison.Ordinal);
                tried++;
            }
        }

        Assert.InRange(tried, 30, 500);
        Assert.Equal(before, await api.Database.DigestAsync());
    }

    [Fact]
    public async Task A_text_with_a_NUL_is_refused()
    {
        var (document, operations, world, before) = await ArrangeAsync();
        foreach (var operation in operations)
        {
            // A password is hashed, and neither stored nor shown: whatever can be typed may be part of it.
            foreach (var (name, _) in TextsOf(document, operation).Where(member => !member.Name.Contains("password", StringComparison.OrdinalIgnoreCase)))
            {
                using var response = await SendAsync(operation, world, name, JsonValue.Create("a\0bcdefghi"));

                Assert.True((int)response.StatusCode is >= 400 and < 500, $"{operation}: {(int)response.StatusCode} for a NUL in {name}.");
            }
        }

        Assert.Equal(before, await api.Database.DigestAsync());
    }

    [Fact]
    public async Task A_body_that_cannot_be_read_is_refused()
    {
        var (document, operations, world, before) = await ArrangeAsync();
        foreach (var operation in operations)
        {
            // Only of bodies with texts: of members that it does not know an operation takes no notice.
            foreach (var body in TextsOf(document, operation).Take(1).SelectMany(member => Unreadable(member.Name)))
            {
                var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
                using var request = operation.Request(world, world.RightfulToken(operation), body: content);
                using var response = await api.Anonymous.SendAsync(request);

                await response.ShouldBeProblemAsync(400, "malformed_request");
            }
        }

        Assert.Equal(before, await api.Database.DigestAsync());
    }

    [Fact]
    public async Task Ten_thousand_mentions_are_too_long_a_post()
    {
        var (_, _, world, before) = await ArrangeAsync();
        var text = string.Join(' ', Enumerable.Range(0, 10_000).Select(number => $"@a{number}"));
        foreach (var path in (string[])["/api/v1/posts", $"/api/v1/content/comments?id={world.ContentId}"])
        {
            using var response = await world.Owner.Http.PostAsync(new Uri(path, UriKind.Relative), new StringContent($$"""{"text":"{{text}}"}""", Encoding.UTF8, "application/json"));

            await response.ShouldBeProblemAsync(400, "validation_failed", "text");
        }

        Assert.Equal(before, await api.Database.DigestAsync());
    }

    [Fact]
    public async Task A_cursor_that_the_list_did_not_write_is_refused()
    {
        var text = await api.Anonymous.GetStringAsync(new Uri("/openapi.json", UriKind.Relative));
        var lists = DocumentedOperation.ReadAll(JsonNode.Parse(text)!).Where(operation => operation.QueryNames.Contains("cursor") && !operation.PathNames.Contains("importId")).ToList();
        Assert.InRange(lists.Count, 20, 100);
        var world = await OperationWorld.CreateAsync(api);
        foreach (var list in lists)
        {
            var needed = list.QueryNames.Contains("id") ? $"id={world.ContentId}&" : list.QueryNames.Contains("q") ? "q=bom&" : "";

            // Of another list, of another version, of another spelling, and none.
            foreach (var cursor in (string[])[Cursor("1|of-nobody|n|4711|"), Cursor("2|home|n|4711|"), Cursor("1|home|n|4711|") + "=", "nonsense", new string('A', 300), "%00", "'"])
            {
                using var request = list.Request(world, world.RightfulToken(list), query: $"?{needed}cursor={cursor}");
                using var response = await api.Anonymous.SendAsync(request);

                await response.ShouldBeProblemAsync(400, "invalid_cursor");
            }
        }
    }

    /// <summary>Bodies that go wrong in a member; short, so that none is refused for its length.</summary>
    private static IEnumerable<byte[]> Unreadable(string member) =>
    [
        Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat($"{{\"{member}\":", 1_000)) + "1" + new string('}', 1_000)),
        Encoding.UTF8.GetBytes($"{{\"{member}\":{new string('[', 1_000)}{new string(']', 1_000)}}}"),
        [.. Encoding.UTF8.GetBytes($"{{\"{member}\":\""), 0xC3, 0x28, .. "\"}"u8],
        Encoding.UTF8.GetBytes($"{{\"{member}\":\"\\ud800\"}}"),
        Encoding.UTF8.GetBytes($"{{\"{member}\":"),
    ];

    private static string Cursor(string content) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(content));

    private async Task<(JsonNode Document, List<DocumentedOperation> Operations, OperationWorld World, IReadOnlyDictionary<string, string> Before)> ArrangeAsync()
    {
        var document = JsonNode.Parse(await api.Anonymous.GetStringAsync(new Uri("/openapi.json", UriKind.Relative)))!;
        var operations = DocumentedOperation.ReadAll(document).Where(operation => operation.BodyTypes is ["application/json"]).ToList();
        Assert.InRange(operations.Count, 20, 100);
        var world = await OperationWorld.CreateAsync(api);
        await FeedSteps.SettleAsync(api);
        return (document, operations, world, await api.Database.DigestAsync());
    }

    private async Task<HttpResponseMessage> SendAsync(DocumentedOperation operation, OperationWorld world, string member, JsonNode value)
    {
        var body = operation.Example!.AsObject();
        body[member] = value;
        using var request = operation.Request(world, world.RightfulToken(operation), body: new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"));
        return await api.Anonymous.SendAsync(request);
    }

    /// <summary>The texts of a body, each with the most characters it may have where the document says so.</summary>
    private static IEnumerable<(string Name, int? Limit)> TextsOf(JsonNode document, DocumentedOperation operation)
    {
        var schema = operation.Node["requestBody"]!["content"]!["application/json"]!["schema"]!;
        schema = schema["oneOf"]?.AsArray().FirstOrDefault(one => one!["$ref"] is not null) ?? schema;
        if (schema["$ref"]?.ToString() is { } reference)
        {
            schema = document["components"]!["schemas"]![reference[(reference.LastIndexOf('/') + 1)..]]!;
        }

        foreach (var (name, member) in schema["properties"]?.AsObject() ?? [])
        {
            var type = member!["type"];
            if ((type is JsonArray types ? types.Select(one => one!.ToString()) : [type?.ToString() ?? ""]).Contains("string"))
            {
                yield return (name, member["maxLength"]?.GetValue<int>());
            }
        }
    }
}
