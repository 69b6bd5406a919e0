using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using static Pamps.Tests.Adapters.OlderClient;

namespace Pamps.Tests.Adapters;

/// <summary>Wrong input gives older clients the documented refusal, never a failure, and changes nothing.</summary>
public class OlderInputTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Theory]
    [InlineData("", "application/json", "body|value_error.missing")]
    [InlineData("null", "application/json", "body|value_error.missing")]
    [InlineData("[]", "application/json", "body|type_error.dict")]
    [InlineData("\"text\"", "application/json", "body|type_error.dict")]
    [InlineData("3", "application/json", "body|type_error.dict")]
    [InlineData("""{"text":"x"}""", "text/plain", "body|type_error.dict")]
    [InlineData("text=x", "application/x-www-form-urlencoded", "body|type_error.dict")]
    [InlineData("{", "application/json", "body.1|value_error.jsondecode")]
    [InlineData("{\n  \"text\": oops}", "application/json", "body.12|value_error.jsondecode")]
    [InlineData("{}", "application/json", "body.text|value_error.missing")]
    [InlineData("""{"text":null}""", "application/json", "body.text|type_error.none.not_allowed")]
    [InlineData("""{"text":["x"]}""", "application/json", "body.text|type_error.str")]
    [InlineData("""{"text":7,"parent_id":"x"}""", "application/json", "body.text|type_error.str", "body.parent_id|type_error.integer")]
    [InlineData("""{"text":"x","parent_id":1.5}""", "application/json", "body.parent_id|type_error.integer")]
    [InlineData("""{"text":"x","parent_id":true}""", "application/json", "body.parent_id|type_error.integer")]
    [InlineData("""{"text":"x","parent_id":{}}""", "application/json", "body.parent_id|type_error.integer")]
    [InlineData("""{"text":"   "}""", "application/json", "body.text|value_error.any_str.min_length")]
    [InlineData("""{"text":"\u0000"}""", "application/json", "body.text|value_error.str.unicode")]
    [InlineData("""{"text":"\ud83d"}""", "application/json", "body.text|value_error.str.unicode")]
    [InlineData("""{"text":"\u0007"}""", "application/json", "body.text|value_error")]
    [InlineData("""{"text":"\ufffe"}""", "application/json", "body.text|value_error")]
    public async Task Wrong_body_is_named(string body, string contentType, params string[] errors)
    {
        var (ana, name, _) = await api.MicrobloggerAsync("ana");

        Assert.Equal(errors, Errors(await ana.RawAsync(HttpMethod.Post, "/post/", HttpStatusCode.UnprocessableEntity, body, contentType)));

        Assert.Empty((await ana.GetAsync($"/post/user/{name}/?include_replies=yes")).AsArray());
    }

    [Theory]
    [InlineData("""{"text":"x"}""", null)]
    [InlineData("\uFEFF{\"text\":\"x\"}", "application/json")]
    [InlineData("""{"text":"x","parent_id":null,"id":1,"user_id":1,"date":"x","unknown":{"\ud800":1}}""", "application/vnd.api+json; charset=utf-8")]
    public async Task Unusual_body_that_is_right_is_taken(string body, string? contentType)
    {
        var (ana, _, _) = await api.MicrobloggerAsync("ana");

        Assert.Equal("x", (string?)(await ana.RawAsync(HttpMethod.Post, "/post/", HttpStatusCode.Created, body, contentType))!["text"]);
    }

    [Fact]
    public async Task Numeric_text_is_an_integer_and_words_are_booleans()
    {
        var (ana, id, _) = await api.VoterAsync("ana");
        var post = await ana.BlogAsync("post");

        var reply = await ana.PostAsync("/post/", HttpStatusCode.Created, new { text = "reply", parent_id = $" {post} " });
        Assert.Equal(post, (long)reply["parent_id"]!);
        await ana.PostAsync("/vote/", HttpStatusCode.Created, new { post_id = $"{post}", dir = "1" });
        Assert.False((bool)(await ana.PostAsync("/posts/", HttpStatusCode.Created, new { title = "t", content = "c", published = "OFF" }))["published"]!);
        Assert.True((bool)(await ana.PostAsync("/posts/", HttpStatusCode.Created, new { title = "", content = "c", published = 1 }))["published"]!);
        Assert.Equal(id, (long)(await ana.GetAsync($"/users/+{id}"))["id"]!);
    }

    [Theory]
    [InlineData("""{"title":"t"}""", "body.content|value_error.missing")]
    [InlineData("""{"title":null,"content":{},"published":"maybe"}""", "body.title|type_error.none.not_allowed", "body.content|type_error.str", "body.published|type_error.bool")]
    [InlineData("""{"title":"t","content":"c","published":null}""", "body.published|type_error.none.not_allowed")]
    public async Task Wrong_post_of_the_votes_api_is_named(string body, params string[] errors)
    {
        var (ana, _, _) = await api.VoterAsync("ana");

        Assert.Equal(errors, Errors(await ana.RawAsync(HttpMethod.Post, "/posts/", HttpStatusCode.UnprocessableEntity, body, "application/json")));
        Assert.Equal(["path.id|type_error.integer", .. errors], Errors(await ana.RawAsync(HttpMethod.Put, "/posts/x", HttpStatusCode.UnprocessableEntity, body, "application/json")));
    }

    [Theory]
    [InlineData("""{"post_id":1,"dir":2}""", "body.dir|value_error.number.not_le")]
    [InlineData("""{"post_id":1,"dir":99999999999999999999999999999999999999999999999999}""", "body.dir|value_error.number.not_le")]
    [InlineData("""{"post_id":"one"}""", "body.post_id|type_error.integer", "body.dir|value_error.missing")]
    public async Task Wrong_vote_is_named(string body, params string[] errors)
    {
        var (ana, _, _) = await api.VoterAsync("ana");

        var answer = await ana.RawAsync(HttpMethod.Post, "/vote/", HttpStatusCode.UnprocessableEntity, body, "application/json");

        Assert.Equal(errors, Errors(answer));
        if (errors[0].EndsWith("not_le", StringComparison.Ordinal))
        {
            Same("""{"limit_value":1}""", answer!["detail"]![0]!["ctx"]);
            Assert.Equal("ensure this value is less than or equal to 1", (string?)answer["detail"]![0]!["msg"]);
        }
    }

    [Theory]
    [InlineData("a@b", "x")]
    [InlineData("a b@example.com", "x")]
    [InlineData("@example.com", "x")]
    [InlineData("a@example..com", "x")]
    [InlineData("a@-example.com", "x")]
    [InlineData("a\r\nBcc: x@example.com", "x")]
    [InlineData("\"a\"@example.com", "x")]
    public async Task Wrong_address_is_named(string email, string password)
    {
        Assert.Equal(["body.email|value_error.email"], Errors(await new OlderClient(api.Anonymous).PostAsync("/users/", HttpStatusCode.UnprocessableEntity, new { email, password })));
    }

    [Fact]
    public async Task Address_keeps_its_local_part_and_folds_its_domain()
    {
        var anonymous = new OlderClient(api.Anonymous);
        var name = ApiFixture.Unique("Mixed");

        var user = await anonymous.PostAsync("/users", HttpStatusCode.Created, new { email = $"{name}@EXAMPLE.Com", password = "12345" });

        Assert.Equal($"{name}@example.com", (string?)user["email"]);
        await anonymous.FormAsync("/login/", HttpStatusCode.OK, ("username", $"{name}@example.com"), ("password", "12345"));
        await anonymous.FormAsync("/login", HttpStatusCode.Forbidden, ("username", $"{name.ToUpperInvariant()}@example.com"), ("password", "12345"));
        HasKeys(await anonymous.PostAsync("/users/", HttpStatusCode.Conflict, new { email = $"{name}@example.com", password = "12345" }), "detail");
    }

    [Theory]
    [InlineData("/token", "body.username|value_error.missing", "body.password|value_error.missing")]
    [InlineData("/login", "body.username|value_error.missing", "body.password|value_error.missing")]
    public async Task Form_is_not_json(string path, params string[] errors)
    {
        var anonymous = new OlderClient(api.Anonymous);

        Assert.Equal(errors, Errors(await anonymous.PostAsync(path, HttpStatusCode.UnprocessableEntity, new { username = "user1", password = "user1" })));
        Assert.Equal(errors, Errors(await anonymous.RawAsync(HttpMethod.Post, path, HttpStatusCode.UnprocessableEntity, "x", "multipart/form-data; boundary=nothing")));
        Assert.Equal(
            ["body.grant_type|value_error.str.regex"],
            Errors(await anonymous.FormAsync(path, HttpStatusCode.UnprocessableEntity, ("username", "a"), ("password", "b"), ("grant_type", "client_credentials"))));
    }

    [Theory]
    [InlineData("/post/abc", 422)]
    [InlineData("/post/1.5/", 422)]
    [InlineData("/post/99999999999999999999999999", 404)]
    [InlineData("/post/-1", 404)]
    [InlineData("/post/0", 404)]
    [InlineData("/user/%F0%9F%98%80", 404)]
    [InlineData("/users/1e3", 422)]
    [InlineData("/users/99999999999999999999999999", 404)]
    [InlineData("/post/user/x?include_replies=perhaps", 422)]
    [InlineData("/post/user/x?include_replies=", 422)]
    [InlineData("/api/comment/list/%ff", 404)]
    [InlineData("/user/a/b/c", 404)]
    [InlineData("/users/", 405)]
    [InlineData("/token", 405)]
    [InlineData("/vote", 405)]
    public async Task Wrong_path_or_method_is_answered_with_detail(string path, int status)
    {
        using var response = await new OlderClient(api.Anonymous).ResponseAsync(HttpMethod.Get, path);

        var body = await response.ShouldBe<JsonNode>((HttpStatusCode)status);
        Assert.NotNull(body["detail"] ?? body["message"]);
        Assert.Equal(status == 405, response.Content.Headers.Allow.Count > 0);
    }

    [Fact]
    public async Task Body_that_is_too_large_or_too_deep_is_refused()
    {
        var (ana, _, _) = await api.MicrobloggerAsync("ana");
        var deep = new StringBuilder().Append('[', 5_000).Append(']', 5_000).ToString();

        Assert.EndsWith("|value_error.jsondecode", Assert.Single(Errors(await ana.RawAsync(HttpMethod.Post, "/post/", HttpStatusCode.UnprocessableEntity, $$"""{"text":{{deep}}}""", "application/json"))), StringComparison.Ordinal);
        HasKeys(await ana.RawAsync(HttpMethod.Post, "/post/", HttpStatusCode.RequestEntityTooLarge, new string('x', 2_000_000), "application/json"), "detail");
    }

    [Fact]
    public async Task Token_is_asked_for_before_anything_is_read()
    {
        var anonymous = new OlderClient(api.Anonymous);

        IsDetail("Not authenticated", await anonymous.RawAsync(HttpMethod.Post, "/post/", HttpStatusCode.Unauthorized, "{", "application/json"));
        IsDetail("Not authenticated", await anonymous.RawAsync(HttpMethod.Put, "/posts/x", HttpStatusCode.Unauthorized, "[", "text/plain"));
        IsDetail("Not authenticated", await anonymous.JsonAsync(HttpMethod.Get, "/posts/?limit=x", HttpStatusCode.Unauthorized));
    }

    [Fact]
    public async Task Browsers_of_any_origin_may_call_but_bring_no_cookies()
    {
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/posts/");
        preflight.Headers.Add("Origin", "https://anywhere.example");
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        preflight.Headers.Add("Access-Control-Request-Headers", "authorization,content-type");
        using var call = new HttpRequestMessage(HttpMethod.Get, "/post/no-number");
        call.Headers.Add("Origin", "https://anywhere.example");

        using var allowed = await api.Anonymous.SendAsync(preflight);
        using var answered = await api.Anonymous.SendAsync(call);

        await allowed.ShouldBe(HttpStatusCode.OK);
        Assert.Equal("*", Assert.Single(allowed.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Equal("POST", Assert.Single(allowed.Headers.GetValues("Access-Control-Allow-Methods")));
        Assert.Equal("authorization,content-type", Assert.Single(allowed.Headers.GetValues("Access-Control-Allow-Headers")));
        Assert.Equal("600", Assert.Single(allowed.Headers.GetValues("Access-Control-Max-Age")));
        Assert.Equal("*", Assert.Single(answered.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.False(answered.Headers.Contains("Access-Control-Allow-Credentials"));
    }
}
