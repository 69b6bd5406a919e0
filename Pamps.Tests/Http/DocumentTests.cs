using System.Net;
using System.Text.Json.Nodes;
using Xunit.Sdk;

namespace Pamps.Tests.Http;

/// <summary>The OpenAPI document: complete, in step with the program, and shown.</summary>
public sealed class DocumentTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Committed_document_is_the_one_that_is_served()
    {
        var served = await ReadAsync();
        var committed = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(RepositoryRoot(), "Pamps.ApiService", "Pamps.ApiService.json")))!;

        Assert.True(
            JsonNode.DeepEquals(WithoutServers(committed), WithoutServers(served)),
            "Pamps.ApiService.json is stale. Run: dotnet build Pamps.ApiService -p:UpdateOpenApiDocument=true");
    }

    [Fact]
    public async Task Every_operation_is_named_described_and_answers_with_examples()
    {
        var document = await ReadAsync();
        var (faults, names, count) = (new List<string>(), new HashSet<string>(), 0);
        foreach (var (path, methods) in document["paths"]!.AsObject())
        {
            foreach (var (method, operation) in methods!.AsObject().Where(member => member.Key is "get" or "post" or "put" or "patch" or "delete"))
            {
                count++;
                void Fault(string text) => faults.Add($"{method.ToUpperInvariant()} {path}: {text}");
                if (operation!["operationId"]?.ToString() is not { Length: > 0 } id || !names.Add(id))
                {
                    Fault("no name of its own");
                }

                if (operation["summary"]?.ToString() is not { Length: > 10 } summary || !summary.EndsWith('.'))
                {
                    Fault("no sentence as summary");
                }

                if (operation["tags"]?.AsArray() is not { Count: 1 })
                {
                    Fault("not exactly one tag");
                }

                var responses = operation["responses"]!.AsObject();
                if (!responses.Any(response => response.Key[0] is '2' or '1'))
                {
                    Fault("no success");
                }

                foreach (var status in (string[])["429", "500", "503"])
                {
                    if (!responses.ContainsKey(status))
                    {
                        Fault($"no {status}");
                    }
                }

                if (operation["security"]?.AsArray() is { Count: > 0 } && !(responses.ContainsKey("401") && responses.ContainsKey("403")))
                {
                    Fault("secured without 401 and 403");
                }

                // A tag that nobody used has an empty list.
                if (path.Contains('{', StringComparison.Ordinal) && !path.Contains("{tag}", StringComparison.Ordinal) && !responses.ContainsKey("404"))
                {
                    Fault("an id without 404");
                }

                var contents = responses.Where(response => response.Key[0] == '2').Select(response => response.Value!["content"]).Append(operation["requestBody"]?["content"]);
                foreach (var content in contents.OfType<JsonObject>().SelectMany(content => content).Where(content => content.Key == "application/json"))
                {
                    if (content.Value!["example"] is null && content.Value["examples"] is null)
                    {
                        Fault("JSON without an example");
                    }
                }

                foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
                {
                    if (parameter!["in"]!.ToString() != "path" && parameter["description"] is null)
                    {
                        Fault($"parameter {parameter["name"]} is not described");
                    }
                }
            }
        }

        Assert.True(count > 50, $"Only {count} operations.");
        if (faults.Count > 0)
        {
            throw new XunitException(string.Join('\n', faults));
        }
    }

    /// <summary>
    /// A repeated POST must not create twice. Those that do not take the header have another way: their own natural key, or
    /// nothing that a second run would add.
    /// </summary>
    [Fact]
    public async Task Every_POST_that_creates_takes_a_key_to_be_repeated_with()
    {
        Dictionary<string, string> others = new()
        {
            ["RegisterAccount"] = "the user name is its key; a stored hash of the body would be a hash of the password",
            ["CreateApiKey"] = "its answer holds a secret, which is stored nowhere",
            ["ImportBoletos"] = "the hash of the file is its key: the same file is the same import",
            ["ResendBoleto"] = "puts the same boleto back into the queue",
            ["ReissueBoletos"] = "puts the same boletos back into the queue",
        };
        var posts = (await ReadAsync())["paths"]!.AsObject()
            .Where(path => path.Key.StartsWith("/api/v1/", StringComparison.Ordinal))
            .Select(path => path.Value!["post"]).OfType<JsonObject>()
            .ToDictionary(operation => operation["operationId"]!.ToString());
        var creating = posts.Where(post => post.Value["responses"]!.AsObject().Any(response => response.Key is "201" or "202")).Select(post => post.Key);
        var taking = posts.Where(post => (post.Value["parameters"]?.AsArray() ?? []).Any(parameter => parameter!["name"]!.ToString() == "Idempotency-Key"))
            .Select(post => post.Key).ToList();

        Assert.Equal(creating.Order(StringComparer.Ordinal), taking.Concat(others.Keys).Order(StringComparer.Ordinal));
        Assert.Superset(new HashSet<string> { "CreatePost", "AddComment", "FileReport", "RequestExport" }, taking.ToHashSet());
    }

    [Theory]
    [InlineData("/docs/index.html", "swagger-ui")]
    [InlineData("/redoc/index.html", "redoc")]
    public async Task Pages_are_served_without_anything_from_elsewhere(string page, string mark)
    {
        using var response = await api.Anonymous.GetAsync(new Uri(page, UriKind.Relative));
        await response.ShouldBe(HttpStatusCode.OK);
        var html = await response.Content.ReadAsStringAsync();

        Assert.Contains(mark, html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("src=\"http", html, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"http", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Root_tells_where_everything_is()
    {
        var root = JsonNode.Parse(await api.Anonymous.GetStringAsync(new Uri("/", UriKind.Relative)))!;

        Assert.Equal(("/openapi.json", "/docs", "/redoc"), (root["openApi"]!.ToString(), root["docs"]!.ToString(), root["reference"]!.ToString()));
    }

    [Fact]
    public async Task The_type_of_a_problem_leads_to_its_meaning()
    {
        using var refused = await api.Anonymous.GetAsync(new Uri("/api/v1/me", UriKind.Relative));
        var problem = await refused.ShouldBeProblemAsync(401, "token_missing");

        var meaning = JsonNode.Parse(await api.Anonymous.GetStringAsync(new Uri(problem.Type!, UriKind.Relative)))!;

        Assert.Equal((401, problem.Title), ((int)meaning["status"]!, meaning["title"]!.ToString()));
    }

    private static JsonNode WithoutServers(JsonNode document)
    {
        document.AsObject().Remove("servers");
        return document;
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Pamps.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new XunitException("Pamps.sln was not found above the tests.");
    }

    private async Task<JsonNode> ReadAsync() => JsonNode.Parse(await api.Anonymous.GetStringAsync(new Uri("/openapi.json", UriKind.Relative)))!;
}
