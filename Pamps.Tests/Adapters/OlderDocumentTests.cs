using System.Net;
using System.Text.Json.Nodes;
using Pamps.Tests.Architecture;

namespace Pamps.Tests.Adapters;

public class OlderDocumentTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Older_routes_are_in_a_document_of_their_own_in_their_declared_form()
    {
        var older = await ReadAsync("/openapi/older.json");
        var canonical = await ReadAsync("/openapi.json");

        Assert.Equal(("Pamps", "0.1.0"), ((string?)older["info"]!["title"], (string?)older["info"]!["version"]));
        var paths = older["paths"]!.AsObject().Select(path => path.Key).ToList();
        string[] expected =
        [
            "/token", "/refresh_token", "/user/", "/user/{username}/", "/user/follow/{id}/", "/user/timeline/", "/post/", "/post/{post_id}/",
            "/post/{post_id}/like/", "/post/user/{username}/", "/post/likes/{username}/", "/login", "/users/", "/users/{id}", "/posts/", "/posts/{id}",
            "/vote/", "/api/comment/new", "/api/comment/list/{content_id}", "/blog/", "/blog/{id}",
        ];
        // Routing takes both forms; the document names paths without the slash at their end.
        Assert.Superset(expected.Select(path => path.TrimEnd('/')).ToHashSet(), paths.Select(path => path.TrimEnd('/')).ToHashSet());
        Assert.Empty(paths.Intersect(canonical["paths"]!.AsObject().Select(path => path.Key)));
        Assert.DoesNotContain(paths, path => path.StartsWith("/api/v1", StringComparison.Ordinal));
        Assert.All(older["paths"]!.AsObject(), path => Assert.All(path.Value!.AsObject().Where(operation => operation.Key != "parameters"), operation =>
        {
            Assert.NotNull(operation.Value!["operationId"]);
            Assert.NotNull(operation.Value["summary"]);
            Assert.NotEmpty(operation.Value["responses"]!.AsObject());
        }));
        Assert.Equal(
            ["APIKeyCookie", "APIKeyHeader", "APIKeyQuery", "OAuth2PasswordBearer"],
            older["components"]!["securitySchemes"]!.AsObject().Select(scheme => scheme.Key).Order());
    }

    [Fact]
    public async Task Committed_document_is_the_one_that_is_served()
    {
        var served = await ReadAsync("/openapi/older.json");
        var committed = JsonNode.Parse(Repository.Read("Pamps.ApiService/Pamps.ApiService_older.json"))!;

        served.AsObject().Remove("servers");
        committed.AsObject().Remove("servers");
        Assert.NotEmpty(committed["paths"]!.AsObject());
        Assert.True(
            JsonNode.DeepEquals(committed, served),
            "Pamps.ApiService_older.json is stale. Run: dotnet build Pamps.ApiService -p:UpdateOpenApiDocument=true");
    }

    private async Task<JsonNode> ReadAsync(string path)
    {
        using var response = await api.Anonymous.GetAsync(new Uri(path, UriKind.Relative));
        return await response.ShouldBe<JsonNode>(HttpStatusCode.OK);
    }
}
