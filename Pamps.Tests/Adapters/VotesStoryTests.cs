using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using static Pamps.Tests.Adapters.OlderClient;

namespace Pamps.Tests.Adapters;

/// <summary>What the tests shipped with the original votes API assert over HTTP, case by case, each with users and posts of its own.</summary>
public class VotesStoryTests(ApiFixture api) : IClassFixture<ApiFixture>, IAsyncLifetime
{
    // No sequence of a test database comes near it.
    private const long NoPost = 4_000_000_000_000;

    private readonly List<long> _posts = [];

    private OlderClient _anonymous = null!;

    private (OlderClient Client, long Id, string Email) _a;

    public async Task InitializeAsync()
    {
        _anonymous = new OlderClient(api.Anonymous);
        _a = await api.VoterAsync("sanjeev");
        var b = await api.VoterAsync("other");
        _posts.Add(await _a.Client.WriteAsync("first title", "first content"));
        _posts.Add(await _a.Client.WriteAsync("2nd title", "2nd content"));
        _posts.Add(await _a.Client.WriteAsync("3rd title", "3rd content"));
        _posts.Add(await b.Client.WriteAsync("3rd title", "3rd content"));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task User_is_created()
    {
        var email = $"{ApiFixture.Unique("hello123")}@gmail.com";

        var user = await _anonymous.PostAsync("/users/", HttpStatusCode.Created, new { email, password = "password123" });

        HasKeys(user, "id", "email", "created_at");
        Assert.Equal(email, (string?)user["email"]);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$", (string?)user["created_at"]);
    }

    [Fact]
    public async Task Sign_in_gives_a_token_that_the_shared_secret_verifies()
    {
        var login = await _anonymous.FormAsync("/login", HttpStatusCode.OK, ("username", _a.Email), ("password", "password123"));

        HasKeys(login, "access_token", "token_type");
        Assert.Equal("bearer", (string?)login["token_type"]);
        var token = (string)login["access_token"]!;
        Same("""{"alg":"HS256","typ":"JWT"}""", OlderPeople.Claims(token, 0));
        var signed = token[..token.LastIndexOf('.')];
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(ApiFixture.SigningKey), Encoding.ASCII.GetBytes(signed));
        Assert.Equal(System.Buffers.Text.Base64Url.EncodeToString(signature), token[(token.LastIndexOf('.') + 1)..]);
        Assert.Equal(_a.Id, (long)OlderPeople.Claims(token)["user_id"]!);
        Assert.Null(OlderPeople.Claims(token)["aud"]);
    }

    [Theory]
    [InlineData("wrongemail@gmail.com", "password123", 403)]
    [InlineData(null, "wrongpassword", 403)]
    [InlineData("wrongemail@gmail.com", "wrongpassword", 403)]
    [InlineData("no address", "password123", 403)]
    [InlineData("", "password123", 422)]
    [InlineData(null, "", 422)]
    public async Task Wrong_sign_in_is_refused(string? email, string password, int status)
    {
        var fields = new List<(string, string)>();
        if (email != "")
        {
            fields.Add(("username", email ?? _a.Email));
        }

        if (password != "")
        {
            fields.Add(("password", password));
        }

        var body = await _anonymous.FormAsync("/login", (HttpStatusCode)status, [.. fields]);

        if (status == 403)
        {
            IsDetail("Invalid Credentials", body);
        }
    }

    [Fact]
    public async Task Nobody_reads_or_writes_posts_without_a_token()
    {
        foreach (var (method, path) in new[]
        {
            (HttpMethod.Get, "/posts/"), (HttpMethod.Get, $"/posts/{_posts[0]}"), (HttpMethod.Post, "/posts/"), (HttpMethod.Delete, $"/posts/{_posts[0]}"),
            (HttpMethod.Put, $"/posts/{_posts[0]}"), (HttpMethod.Post, "/vote/"),
        })
        {
            IsDetail("Not authenticated", await _anonymous.JsonAsync(method, path, HttpStatusCode.Unauthorized));
        }
    }

    [Fact]
    public async Task Post_that_does_not_exist_is_not_found()
    {
        IsDetail($"post with id: {NoPost} was not found", await _a.Client.JsonAsync(HttpMethod.Get, $"/posts/{NoPost}", HttpStatusCode.NotFound));
        IsDetail($"post with id: {NoPost} does not exist", await _a.Client.JsonAsync(HttpMethod.Delete, $"/posts/{NoPost}", HttpStatusCode.NotFound));
        IsDetail($"post with id: {NoPost} does not exist", await _a.Client.JsonAsync(HttpMethod.Put, $"/posts/{NoPost}", HttpStatusCode.NotFound, new { title = "t", content = "c" }));
        IsDetail($"Post with id: {NoPost} does not exist", await _a.Client.PostAsync("/vote/", HttpStatusCode.NotFound, new { post_id = NoPost, dir = 1 }));
    }

    [Fact]
    public async Task One_post_is_read_with_votes_and_owner()
    {
        var read = await _a.Client.GetAsync($"/posts/{_posts[0]}");

        HasKeys(read, "Post", "votes");
        HasKeys(read["Post"], "title", "content", "published", "id", "created_at", "owner_id", "owner");
        HasKeys(read["Post"]!["owner"], "id", "email", "created_at");
        Assert.Equal((_posts[0], "first title", "first content", _a.Id, _a.Email), (
            (long)read["Post"]!["id"]!, (string?)read["Post"]!["title"], (string?)read["Post"]!["content"], (long)read["Post"]!["owner_id"]!, (string?)read["Post"]!["owner"]!["email"]));
    }

    [Theory]
    [InlineData("awesome new title", "awesome new content", true)]
    [InlineData("favorite pizza", "i love pepperoni", false)]
    [InlineData("tallest skyscrapers", "wahoo", true)]
    [InlineData("arbitrary title", "aasdfjasdf", null)]
    public async Task Post_is_created(string title, string content, bool? published)
    {
        JsonObject body = new() { ["title"] = title, ["content"] = content };
        if (published is not null)
        {
            body["published"] = published;
        }

        var post = await _a.Client.PostAsync("/posts/", HttpStatusCode.Created, body);

        HasKeys(post, "title", "content", "published", "id", "created_at", "owner_id", "owner");
        Assert.Equal((title, content, published ?? true, _a.Id), ((string?)post["title"], (string?)post["content"], (bool)post["published"]!, (long)post["owner_id"]!));
    }

    [Fact]
    public async Task Own_post_is_deleted_and_no_other()
    {
        Assert.Null(await _a.Client.JsonAsync(HttpMethod.Delete, $"/posts/{_posts[0]}", HttpStatusCode.NoContent));

        IsDetail("Not authorized to perform requested action", await _a.Client.JsonAsync(HttpMethod.Delete, $"/posts/{_posts[3]}", HttpStatusCode.Forbidden));
        await _a.Client.JsonAsync(HttpMethod.Get, $"/posts/{_posts[0]}", HttpStatusCode.NotFound);
        await _a.Client.GetAsync($"/posts/{_posts[3]}");
    }

    [Fact]
    public async Task Own_post_is_replaced_and_no_other()
    {
        var body = new { title = "updated title", content = "updatd content", id = _posts[3] };

        var post = await _a.Client.JsonAsync(HttpMethod.Put, $"/posts/{_posts[0]}", HttpStatusCode.OK, body);

        Assert.Equal((_posts[0], body.title, body.content), ((long)post!["id"]!, (string?)post["title"], (string?)post["content"]));
        IsDetail("Not authorized to perform requested action", await _a.Client.JsonAsync(HttpMethod.Put, $"/posts/{_posts[3]}", HttpStatusCode.Forbidden, body));
    }

    [Fact]
    public async Task Vote_counts_once_and_is_taken_back_once()
    {
        var vote = new { post_id = _posts[3], dir = 1 };

        Same("""{"message":"successfully added vote"}""", await _a.Client.PostAsync("/vote/", HttpStatusCode.Created, vote));
        IsDetail($"user {_a.Id} has alredy voted on post {_posts[3]}", await _a.Client.PostAsync("/vote/", HttpStatusCode.Conflict, vote));
        Assert.Equal(1, (int)(await _a.Client.GetAsync($"/posts/{_posts[3]}"))["votes"]!);

        Same("""{"message":"successfully deleted vote"}""", await _a.Client.PostAsync("/vote/", HttpStatusCode.Created, new { post_id = _posts[3], dir = 0 }));
        IsDetail("Vote does not exist", await _a.Client.PostAsync("/vote/", HttpStatusCode.NotFound, new { post_id = _posts[3], dir = -5 }));
        Assert.Equal(0, (int)(await _a.Client.GetAsync($"/posts/{_posts[3]}"))["votes"]!);
    }
}
