using System.Net;
using static Pamps.Tests.Adapters.OlderClient;

namespace Pamps.Tests.Adapters;

public class BlogApiTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Blog_is_written_read_changed_and_deleted_by_its_author()
    {
        var (ana, anaId, email) = await api.VoterAsync("ana");
        var (rui, _, _) = await api.VoterAsync("rui");

        var made = await ana.PostAsync("/blog/", HttpStatusCode.Created, new { title = "Title", body = "Body", user_id = 1 });

        var id = (long)made["id"]!;
        Same($$"""{"user_id":{{anaId}},"title":"Title","id":{{id}},"body":"Body"}""", made);
        var shown = await rui.GetAsync($"/blog/{id}/");
        HasKeys(shown, "title", "body", "creator");
        HasKeys(shown["creator"], "name", "email", "blogs");
        Assert.Equal(email, (string?)shown["creator"]!["email"]);
        Same("""[{"title":"Title","body":"Body"}]""", shown["creator"]!["blogs"]);
        Assert.True(System.Text.Json.Nodes.JsonNode.DeepEquals(shown, (await rui.GetAsync("/blog")).AsArray().Single()));

        await rui.JsonAsync(HttpMethod.Put, $"/blog/{id}", HttpStatusCode.Forbidden, new { title = "x", body = "y" });
        await rui.JsonAsync(HttpMethod.Delete, $"/blog/{id}", HttpStatusCode.Forbidden);
        var changed = await ana.JsonAsync(HttpMethod.Put, $"/blog/{id}", HttpStatusCode.Accepted, new { title = "New", body = "Words" });
        Assert.Equal(("New", "Words"), ((string?)changed!["title"], (string?)changed["body"]));
        Assert.Null(await ana.JsonAsync(HttpMethod.Delete, $"/blog/{id}", HttpStatusCode.NoContent));

        IsDetail($"Blog with the id {id} is not available", await ana.JsonAsync(HttpMethod.Get, $"/blog/{id}", HttpStatusCode.NotFound));
        IsDetail($"Blog with id {id} not found", await ana.JsonAsync(HttpMethod.Put, $"/blog/{id}", HttpStatusCode.NotFound, new { title = "x", body = "y" }));
        IsDetail($"Blog with id {id} not found", await ana.JsonAsync(HttpMethod.Delete, $"/blog/{id}", HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task Nobody_reads_it_without_a_token()
    {
        var anonymous = new OlderClient(api.Anonymous);

        IsDetail("Not authenticated", await anonymous.JsonAsync(HttpMethod.Get, "/blog/", HttpStatusCode.Unauthorized));
        IsDetail("Not authenticated", await anonymous.JsonAsync(HttpMethod.Get, "/blog/1", HttpStatusCode.Unauthorized));
        IsDetail("Not authenticated", await anonymous.PostAsync("/blog/", HttpStatusCode.Unauthorized));
    }

    [Fact]
    public async Task Wrong_fields_are_named()
    {
        var (ana, _, _) = await api.VoterAsync("ana");

        Assert.Equal(["body.title|value_error.missing", "body.body|value_error.missing"], Errors(await ana.PostAsync("/blog/", HttpStatusCode.UnprocessableEntity, new { })));
        Assert.Equal(["path.id|type_error.integer", "body|value_error.missing"], Errors(await ana.JsonAsync(HttpMethod.Put, "/blog/x", HttpStatusCode.UnprocessableEntity)));
    }
}
