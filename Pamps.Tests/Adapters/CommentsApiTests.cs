using System.Net;
using Pamps.Tests.Features.Comments;
using static Pamps.Tests.Adapters.OlderClient;

namespace Pamps.Tests.Adapters;

/// <summary>The transcript of the original description, and what its clients may get wrong.</summary>
public class CommentsApiTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private OlderClient Client => new(api.Anonymous);

    [Fact]
    public async Task Six_comments_are_listed_by_content_in_order_of_arrival()
    {
        (int Content, string Email, string Text)[] comments =
        [
            (1, "alice@example.com", "first post!"),
            (1, "alice@example.com", "ok, now I am gonna say something more useful"),
            (1, "bob@example.com", "I agree"),
            (2, "bob@example.com", "I guess this is a good thing"),
            (2, "charlie@example.com", "Indeed, dear Bob, I believe so as well"),
            (2, "eve@example.com", "Nah, you both are wrong"),
        ];
        foreach (var (content, email, text) in comments)
        {
            Same(
                $$"""{"status":"SUCCESS","message":"comment created and associated with content_id {{content}}"}""",
                await Client.PostAsync("/api/comment/new", HttpStatusCode.OK, new { email, comment = text, content_id = content }));
        }

        foreach (var content in new[] { 1, 2 })
        {
            var list = (await Client.GetAsync($"/api/comment/list/{content}")).AsArray();
            Assert.All(list, item => HasKeys(item, "email", "comment"));
            Assert.Equal(
                comments.Where(comment => comment.Content == content).Select(comment => (comment.Email, comment.Text)),
                list.Select(item => ((string)item!["email"]!, (string)item["comment"]!)));
        }

        Same("""{"status":"NOT-FOUND","message":"content_id 3 not found"}""", await Client.JsonAsync(HttpMethod.Get, "/api/comment/list/3", HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task Number_and_text_name_the_same_content_and_slashes_do_not_matter()
    {
        await Client.PostAsync("/api/comment/new/", HttpStatusCode.OK, new { email = "a@example.com", comment = "x", content_id = 77 });
        await Client.PostAsync("/api/comment/new", HttpStatusCode.OK, new { email = "a@example.com", comment = "y", content_id = "77" });
        await Client.RawAsync(HttpMethod.Post, "/api/comment/new", HttpStatusCode.OK, """{"email":"a@example.com","comment":"z","content_id":"a b"}""", contentType: null);

        Assert.Equal(2, (await Client.GetAsync("/api/comment/list/77/")).AsArray().Count);
        Assert.Single((await Client.GetAsync("/api/comment/list/a%20b")).AsArray());
    }

    [Theory]
    [InlineData("""{"comment":"x","content_id":5}""", "body.email|value_error.missing")]
    [InlineData("{}", "body.email|value_error.missing", "body.comment|value_error.missing", "body.content_id|value_error.missing")]
    [InlineData("""{"email":null,"comment":1,"content_id":{}}""", "body.email|type_error.none.not_allowed", "body.comment|type_error.str", "body.content_id|type_error.str")]
    [InlineData("""{"email":"nobody","comment":"  ","content_id":""}""", "body.email|value_error.email", "body.comment|value_error.any_str.min_length", "body.content_id|value_error.any_str.min_length")]
    [InlineData("""{"email":"a@example.com","comment":"x","content_id":"a/b"}""", "body.content_id|value_error")]
    [InlineData("""{"email":"a@example.com","comment":"x\u0000","content_id":5}""", "body.comment|value_error.str.unicode")]
    [InlineData("""{"email":"a@example.com","comment":"x\ud800","content_id":5}""", "body.comment|value_error.str.unicode")]
    [InlineData("""{"email":"a@example.com","comment":"x","content_id":1.5}""", "body.content_id|type_error.str")]
    public async Task Wrong_fields_are_named_and_nothing_is_stored(string json, params string[] errors)
    {
        var body = await Client.RawAsync(HttpMethod.Post, "/api/comment/new", HttpStatusCode.UnprocessableEntity, json, "application/json");

        Assert.Equal(errors, Errors(body));
        Assert.Equal("INVALID", (string?)body!["status"]);
        Assert.NotNull(body["message"]);
        await Client.JsonAsync(HttpMethod.Get, "/api/comment/list/5", HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("", "application/json")]
    [InlineData("{", "application/json")]
    [InlineData("[]", "application/json")]
    [InlineData("null", "application/json")]
    [InlineData("email=a%40example.com", "application/x-www-form-urlencoded")]
    [InlineData("""{"email":"a@example.com","comment":"x","content_id":5}""", "text/plain")]
    public async Task Body_that_is_no_object_is_a_bad_request(string body, string contentType)
    {
        var answer = await Client.RawAsync(HttpMethod.Post, "/api/comment/new", HttpStatusCode.BadRequest, body, contentType);

        HasKeys(answer, "detail", "status", "message");
        Assert.Equal("INVALID", (string?)answer!["status"]);
    }

    [Fact]
    public async Task Wrong_method_and_missing_id_are_answered_in_json()
    {
        var method = await Client.JsonAsync(HttpMethod.Get, "/api/comment/new", HttpStatusCode.MethodNotAllowed);
        var missing = await Client.JsonAsync(HttpMethod.Get, "/api/comment/list/", HttpStatusCode.NotFound);

        Assert.Equal("Method Not Allowed", (string?)method!["detail"]);
        Assert.Equal(("Not Found", "NOT-FOUND"), ((string?)missing!["detail"], (string?)missing["status"]));
    }

    [Fact]
    public async Task Address_of_a_commenter_on_the_canonical_api_is_not_given_away()
    {
        var ana = await api.SignedInAs("ana");
        await ana.CommentAsync("shared", "from the new side");
        await Client.PostAsync("/api/comment/new", HttpStatusCode.OK, new { email = "old@example.com", comment = "from the old side", content_id = "shared" });

        Same(
            $$"""[{"email":"{{ana.Username}}","comment":"from the new side"},{"email":"old@example.com","comment":"from the old side"}]""",
            await Client.GetAsync("/api/comment/list/shared"));
        using var canonical = await api.Anonymous.GetAsync(new Uri(CommentPeople.At("shared"), UriKind.Relative));
        var text = await canonical.Content.ReadAsStringAsync();
        Assert.Contains("from the old side", text, StringComparison.Ordinal);
        Assert.DoesNotContain("@example.com", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Locked_and_moderated_threads_are_so_here_too()
    {
        using var moderator = await api.ModeratorAsync();
        await moderator.SetStateAsync("locked", "locked");
        await moderator.SetStateAsync("moderated", "moderated");

        var refused = await Client.PostAsync("/api/comment/new", HttpStatusCode.Forbidden, new { email = "a@example.com", comment = "x", content_id = "locked" });
        await Client.PostAsync("/api/comment/new", HttpStatusCode.OK, new { email = "a@example.com", comment = "x", content_id = "moderated" });

        HasKeys(refused, "detail", "status", "message");
        await Client.JsonAsync(HttpMethod.Get, "/api/comment/list/moderated", HttpStatusCode.NotFound);
    }
}
