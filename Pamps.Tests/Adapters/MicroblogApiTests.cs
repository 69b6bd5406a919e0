using System.Net;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Contracts;
using static Pamps.Tests.Adapters.OlderClient;

namespace Pamps.Tests.Adapters;

/// <summary>What the micro-blog's description promises beyond what its shipped tests look at.</summary>
public class MicroblogApiTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const long Nothing = 4_000_000_000_000;

    [Fact]
    public async Task User_is_listed_and_read_without_id_address_or_password()
    {
        var username = ApiFixture.Unique("bruno");
        var anonymous = new OlderClient(api.Anonymous);
        var expected = $$"""{"username":"{{username}}","avatar":"pictures/me.png","bio":"hi\nthere"}""";

        Same(expected, await anonymous.PostAsync("/user", HttpStatusCode.Created, new
        {
            id = 1,
            role = "administrator",
            email = $"{username}@Pamps.com",
            username,
            password = "abc",
            avatar = "pictures/me.png",
            bio = "hi\nthere",
        }));

        Same(expected, await anonymous.GetAsync($"/user/{username}"));
        Assert.Contains((await anonymous.GetAsync("/user/")).AsArray(), user => (string?)user!["username"] == username);
        IsDetail("User not found", await anonymous.JsonAsync(HttpMethod.Get, "/user/nobody_at_all/", HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task Taken_name_or_address_is_a_conflict()
    {
        var (client, username, _) = await api.MicrobloggerAsync("taken");

        foreach (var body in new[] { new { email = "new@pamps.com", username, password = "user1" }, new { email = $"{username.ToUpperInvariant()}@PAMPS.com", username = username + "x", password = "user1" } })
        {
            HasKeys(await client.PostAsync("/user/", HttpStatusCode.Conflict, body), "detail");
        }
    }

    [Theory]
    [InlineData("timeline")]
    [InlineData("follow")]
    [InlineData("ab")]
    [InlineData("with blank")]
    [InlineData("")]
    [InlineData("a_name_of_more_than_thirty_letters")]
    public async Task Name_that_cannot_be_is_refused(string username)
    {
        var body = await new OlderClient(api.Anonymous).PostAsync("/user/", HttpStatusCode.UnprocessableEntity, new { email = "ok@pamps.com", username, password = "user1" });

        Assert.StartsWith("body.username|", Assert.Single(Errors(body)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Following_fills_the_timeline_with_posts_oldest_first()
    {
        var (ana, _, _) = await api.MicrobloggerAsync("ana");
        var (rui, _, _) = await api.MicrobloggerAsync("rui");
        var ruiId = await rui.IdOfAsync();
        Assert.Empty((await ana.GetAsync("/user/timeline")).AsArray());

        Same("""{"message":"User followed"}""", await ana.PostAsync($"/user/follow/{ruiId}", HttpStatusCode.Created));
        IsDetail("User already followed", await ana.PostAsync($"/user/follow/{ruiId}/", HttpStatusCode.Conflict));
        var second = await rui.BlogAsync("second");
        await rui.BlogAsync("a reply", second);

        Assert.Equal(["who am I", "second"], Texts(await ana.GetAsync("/user/timeline/")));
        Assert.Equal(["who am I", "second", "a reply"], Texts(await ana.GetAsync("/user/timeline?include_replies=true")));
        Assert.Null(await ana.JsonAsync(HttpMethod.Delete, $"/user/follow/{ruiId}", HttpStatusCode.NoContent));
        Assert.Empty((await ana.GetAsync("/user/timeline")).AsArray());
    }

    [Fact]
    public async Task Follow_that_cannot_be_is_refused()
    {
        var (ana, _, _) = await api.MicrobloggerAsync("ana");

        IsDetail("User not found", await ana.PostAsync($"/user/follow/{Nothing}", HttpStatusCode.NotFound));
        Assert.Equal(["path.id|value_error"], Errors(await ana.PostAsync($"/user/follow/{await ana.IdOfAsync()}", HttpStatusCode.UnprocessableEntity)));
        Assert.Equal(["path.id|type_error.integer"], Errors(await ana.PostAsync("/user/follow/rui", HttpStatusCode.UnprocessableEntity)));
        IsDetail("Not authenticated", await new OlderClient(api.Anonymous).PostAsync("/user/follow/1", HttpStatusCode.Unauthorized));
        IsDetail("Not authenticated", await new OlderClient(api.Anonymous).JsonAsync(HttpMethod.Get, "/user/timeline", HttpStatusCode.Unauthorized));
    }

    [Fact]
    public async Task Like_is_one_row_for_all_apis()
    {
        var (ana, name, _) = await api.MicrobloggerAsync("ana");
        var (rui, _, _) = await api.MicrobloggerAsync("rui");
        var post = await rui.BlogAsync("like me");
        await rui.BlogAsync("not me");
        var anaId = await ana.IdOfAsync();

        Same($$"""{"post":{{post}},"user":{{anaId}}}""", await ana.PostAsync($"/post/{post}/like/", HttpStatusCode.Created));

        IsDetail("Post already liked", await ana.PostAsync($"/post/{post}/like", HttpStatusCode.Conflict));
        IsDetail($"user {anaId} has alredy voted on post {post}", await ana.PostAsync("/vote/", HttpStatusCode.Conflict, new { post_id = post, dir = 1 }));
        Assert.Equal(1, (int)(await rui.GetAsync($"/posts/{post}"))["votes"]!);
        Assert.Equal(["like me"], Texts(await rui.GetAsync($"/post/likes/{name}/")));
        Assert.Empty((await rui.GetAsync("/post/likes/nobody_at_all")).AsArray());

        await ana.PostAsync("/vote/", HttpStatusCode.Created, new { post_id = post, dir = 0 });
        Assert.Empty((await rui.GetAsync($"/post/likes/{name}/")).AsArray());
        await ana.JsonAsync(HttpMethod.Delete, $"/post/{post}/like/", HttpStatusCode.NotFound);
        IsDetail("Post not found", await ana.PostAsync($"/post/{Nothing}/like/", HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task Author_edits_and_removes_and_nobody_else()
    {
        var (ana, _, _) = await api.MicrobloggerAsync("ana");
        var (rui, _, _) = await api.MicrobloggerAsync("rui");
        var post = await ana.BlogAsync("first");

        var edited = await ana.JsonAsync(HttpMethod.Put, $"/post/{post}/", HttpStatusCode.OK, new { text = "second", user_id = 1, id = 7, date = "2000-01-01" });
        Assert.Equal((post, "second"), ((long)edited!["id"]!, (string?)edited["text"]));
        HasKeys(await rui.JsonAsync(HttpMethod.Put, $"/post/{post}/", HttpStatusCode.Forbidden, new { text = "mine" }), "detail");
        HasKeys(await rui.JsonAsync(HttpMethod.Delete, $"/post/{post}", HttpStatusCode.Forbidden), "detail");
        Assert.Equal("second", (string?)(await rui.GetAsync($"/post/{post}"))["text"]);

        Assert.Null(await ana.JsonAsync(HttpMethod.Delete, $"/post/{post}", HttpStatusCode.NoContent));

        IsDetail("Post not found", await ana.JsonAsync(HttpMethod.Get, $"/post/{post}/", HttpStatusCode.NotFound));
        IsDetail("Post not found", await ana.JsonAsync(HttpMethod.Delete, $"/post/{post}/", HttpStatusCode.NotFound));
        IsDetail("Post not found", await ana.PostAsync("/post/", HttpStatusCode.NotFound, new { text = "reply", parent_id = post }));
    }

    [Fact]
    public async Task Draft_of_the_votes_api_does_not_exist_here()
    {
        var (ana, _, _) = await api.VoterAsync("ana");
        var draft = await ana.WriteAsync("title", "secret draft", published: false);

        await ana.JsonAsync(HttpMethod.Get, $"/post/{draft}/", HttpStatusCode.NotFound);
        await ana.PostAsync("/post/", HttpStatusCode.NotFound, new { text = "reply", parent_id = draft });
        await ana.PostAsync($"/post/{draft}/like/", HttpStatusCode.NotFound);
        await ana.JsonAsync(HttpMethod.Put, $"/post/{draft}/", HttpStatusCode.NotFound, new { text = "x" });
        Assert.DoesNotContain("secret draft", Texts(await ana.GetAsync("/post/")));
    }

    [Fact]
    public async Task Text_may_be_longer_than_on_the_canonical_api()
    {
        var (ana, _, _) = await api.MicrobloggerAsync("ana");

        await ana.BlogAsync(new string('x', 10_000));

        Assert.Equal(
            ["body.text|value_error.any_str.max_length"],
            Errors(await ana.PostAsync("/post/", HttpStatusCode.UnprocessableEntity, new { text = new string('x', 10_001) })));
    }

    [Fact]
    public async Task List_streams_lines_to_clients_that_ask_for_them()
    {
        var (ana, name, _) = await api.MicrobloggerAsync("ana");
        await ana.BlogAsync("one");
        await ana.BlogAsync("two");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/post/user/{name}/");
        request.Headers.Add("Accept", "application/x-ndjson");

        using var response = await api.Anonymous.SendAsync(request);

        Assert.Equal("application/x-ndjson", response.Content.Headers.ContentType?.MediaType);
        var lines = (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["one", "two"], lines.Select(line => (string?)System.Text.Json.Nodes.JsonNode.Parse(line)!["text"]));
    }

    [Fact]
    public async Task Administrator_deletes_a_user_whose_tokens_end_and_nobody_else_does()
    {
        var (admin, adminName, _) = await api.MicrobloggerAsync("boss");
        var (rui, name, _) = await api.MicrobloggerAsync("rui");
        await rui.BlogAsync("last words");
        HasKeys(await admin.JsonAsync(HttpMethod.Delete, $"/user/{name}/", HttpStatusCode.Forbidden), "detail");
        await api.WithDatabase(db => db.Accounts.Where(account => account.Username == adminName)
            .ExecuteUpdateAsync(set => set.SetProperty(account => account.Role, AccountRole.Administrator)));
        admin = admin.With((string)(await admin.FormAsync("/token", HttpStatusCode.OK, ("username", adminName), ("password", "user1")))["access_token"]!);

        Assert.Null(await admin.JsonAsync(HttpMethod.Delete, $"/user/{name}", HttpStatusCode.NoContent));

        IsDetail("Could not validate credentials", await rui.JsonAsync(HttpMethod.Get, "/user/timeline", HttpStatusCode.Unauthorized));
        IsDetail("User not found", await admin.JsonAsync(HttpMethod.Get, $"/user/{name}/", HttpStatusCode.NotFound));
        IsDetail("User not found", await admin.JsonAsync(HttpMethod.Delete, $"/user/{name}/", HttpStatusCode.NotFound));
        Assert.Empty((await admin.GetAsync($"/post/user/{name}/")).AsArray());
    }

    private static IEnumerable<string?> Texts(System.Text.Json.Nodes.JsonNode posts) => posts.AsArray().Select(post => (string?)post!["text"]);
}
