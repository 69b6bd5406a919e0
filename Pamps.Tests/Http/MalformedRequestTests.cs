using System.Net;
using System.Text;

namespace Pamps.Tests.Http;

/// <summary>Requests that cannot be read, whatever they ask for: a problem document, and nothing has changed.</summary>
public sealed class MalformedRequestTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    // Members of all the operations below, so that each of them reads some of it and takes no notice of the rest.
    private static readonly string[] Members = ["username", "email", "password", "text", "displayName", "currentPassword", "newPassword"];

    private static readonly string Valid = WithMembers("\"long enough\"");

    private static readonly Dictionary<string, byte[]> Bodies = new()
    {
        ["nothing"] = [],
        ["blanks"] = "   "u8.ToArray(),
        ["half an object"] = """{"text": "hi" """u8.ToArray(),
        ["a word"] = "hello"u8.ToArray(),
        ["null"] = "null"u8.ToArray(),
        ["a list"] = "[]"u8.ToArray(),
        ["a number"] = "42"u8.ToArray(),
        ["a string"] = "\"text\""u8.ToArray(),
        ["two documents"] = Encoding.UTF8.GetBytes(Valid + Valid),
        ["single quotes"] = "{'text':'hi'}"u8.ToArray(),
        ["a comment"] = Encoding.UTF8.GetBytes("/* hi */" + Valid),
        ["a trailing comma"] = Encoding.UTF8.GetBytes(Valid.Replace("}", ",}", StringComparison.Ordinal)),
        ["every member twice"] = Encoding.UTF8.GetBytes(Valid[..^1] + "," + Valid[1..]),
        ["a number for text"] = Encoding.UTF8.GetBytes(WithMembers("17")),
        ["a list for text"] = Encoding.UTF8.GetBytes(WithMembers("[]")),
        ["an object for text"] = Encoding.UTF8.GetBytes(WithMembers("{}")),
        ["a truth for text"] = Encoding.UTF8.GetBytes(WithMembers("true")),
        ["ten thousand lists"] = Encoding.UTF8.GetBytes($$"""{"text":{{new string('[', 10_000)}}{{new string(']', 10_000)}}}"""),
        ["ten thousand objects"] = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("""{"text":""", 10_000))),
        ["invalid UTF-8"] = Encoding.Latin1.GetBytes(WithMembers("\"café\"")),
        ["UTF-16"] = Encoding.Unicode.GetBytes(Valid),
        ["half a surrogate pair"] = Encoding.UTF8.GetBytes(WithMembers("\"\\ud800\"")),
        ["an endless exponent"] = Encoding.UTF8.GetBytes(WithMembers("1e999999")),
        ["binary"] = [0, 1, 2, 3, 255, 254, 0, 0],
    };

    private static readonly (string Method, string Path)[] Operations =
    [
        ("POST", "/api/v1/accounts"),
        ("POST", "/api/v1/posts"),
        ("PATCH", "/api/v1/me"),
        ("POST", "/api/v1/me/password"),
    ];

    public static TheoryData<string, string, string> BodiesOfOperations
    {
        get
        {
            var all = new TheoryData<string, string, string>();
            foreach (var (method, path) in Operations)
            {
                foreach (var body in Bodies.Keys)
                {
                    all.Add(method, path, body);
                }
            }

            return all;
        }
    }

    public static TheoryData<string, string> EveryOperation
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var (method, path) in Operations)
            {
                all.Add(method, path);
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(BodiesOfOperations))]
    public async Task An_unreadable_body_is_refused(string method, string path, string body)
    {
        var ana = await api.SignedInAs("ana");
        var before = await api.Database.DigestAsync();

        using var response = await SendAsync(ana, method, path, Bodies[body], "application/json");

        await response.ShouldBeProblemAsync(400, "malformed_request");
        Assert.Equal(before, await api.Database.DigestAsync());
    }

    [Theory]
    [MemberData(nameof(EveryOperation))]
    public async Task A_body_of_another_type_is_refused(string method, string path)
    {
        var ana = await api.SignedInAs("ana");
        var before = await api.Database.DigestAsync();

        foreach (var type in (string?[])["text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "nonsense", null])
        {
            using var response = await SendAsync(ana, method, path, Encoding.UTF8.GetBytes(Valid), type);

            await response.ShouldBeProblemAsync(415, "unsupported_media_type");
        }

        Assert.Equal(before, await api.Database.DigestAsync());
    }

    [Theory]
    [MemberData(nameof(EveryOperation))]
    public async Task A_body_that_is_far_too_large_is_refused(string method, string path)
    {
        var ana = await api.SignedInAs("ana");
        var before = await api.Database.DigestAsync();
        var body = Encoding.UTF8.GetBytes($$"""{"text":"{{new string('x', 20_000_000)}}"}""");

        using var response = await SendAsync(ana, method, path, body, "application/json");

        await response.ShouldBeProblemAsync(413, "too_large");
        Assert.Equal(before, await api.Database.DigestAsync());
    }

    [Theory]
    [InlineData("/api")]
    [InlineData("/api/v1")]
    [InlineData("/api/v1/nothing")]
    [InlineData("/api/v2/posts")]
    [InlineData("/api/v1/posts/1/nothing")]
    [InlineData("/api/v1/posts/abc")]
    [InlineData("/api/v1/posts/1.5")]
    [InlineData("/api/v1/posts/99999999999999999999999")]
    [InlineData("/api/v1/posts/9223372036854775807")]
    [InlineData("/api/v1/posts/-1")]
    [InlineData("/api/v1/posts/0")]
    [InlineData("/api/v1/posts/1%20OR%201=1")]
    [InlineData("/api/v1/accounts/nobody_of_this_name")]
    [InlineData("/api/v1/accounts/%F0%9F%98%80")]
    [InlineData("/api/v1/accounts/'%3B%20DROP%20TABLE%20accounts%3B--")]
    [InlineData("/api/v1/accounts/..%2f..%2fetc%2fpasswd")]
    [InlineData("/..%2f..%2fetc%2fpasswd")]
    public async Task What_is_not_there_is_not_found(string path)
    {
        var ana = await api.SignedInAs("ana");

        using var response = await ana.Http.GetAsync(new Uri(path, UriKind.Relative));

        await response.ShouldBeProblemAsync(404, "not_found");
    }

    [Fact]
    public async Task A_name_far_too_long_is_not_found()
    {
        using var response = await api.Anonymous.GetAsync(new Uri("/api/v1/accounts/" + new string('a', 7_000), UriKind.Relative));

        await response.ShouldBeProblemAsync(404, "not_found");
    }

    [Fact]
    public async Task A_NUL_in_the_address_is_refused_by_the_server_itself()
    {
        using var response = await api.Anonymous.GetAsync(new Uri("/api/v1/accounts/a%00b", UriKind.Relative));

        await response.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("DELETE", "/api/v1/accounts")]
    [InlineData("PUT", "/api/v1/posts")]
    [InlineData("POST", "/api/v1/feeds/home")]
    [InlineData("GET", "/api/v1/oauth/token")]
    [InlineData("PUT", "/api/v1/me")]
    [InlineData("TRACE", "/api/v1/me")]
    [InlineData("PROPFIND", "/api/v1/me")]
    public async Task A_verb_that_the_resource_does_not_know_is_refused(string method, string path)
    {
        var ana = await api.SignedInAs("ana");
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var response = await ana.Http.SendAsync(request);

        await response.ShouldBeProblemAsync(405, "method_not_allowed");
        Assert.NotEmpty(response.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("Basic YW5hOmFuYQ==")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Digest username=ana")]
    [InlineData("nonsense")]
    public async Task Credentials_of_another_kind_are_refused(string authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/me");
        request.Headers.TryAddWithoutValidation("Authorization", authorization);

        using var response = await api.Anonymous.SendAsync(request);

        await response.ShouldBe(HttpStatusCode.Unauthorized);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Two_tokens_at_once_are_refused()
    {
        var ana = await api.SignedInAs("ana");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/me");
        request.Headers.TryAddWithoutValidation("Authorization", [$"Bearer {ana.Tokens.AccessToken}", $"Bearer {ana.Tokens.AccessToken}"]);

        using var response = await api.Anonymous.SendAsync(request);

        await response.ShouldBeProblemAsync(401, "token_invalid");
    }

    [Fact]
    public async Task Odd_headers_do_no_harm()
    {
        var ana = await api.SignedInAs("ana");
        foreach (var (name, value) in ((string, string)[])
            [("Accept", "application/xml"), ("Accept", "nonsense"), ("Accept-Language", "xx-!!"), ("Accept-Language", new string('x', 2_000)),
             ("If-None-Match", "nonsense"), ("If-Modified-Since", "yesterday"), ("Range", "bytes=0-"), ("X-Forwarded-For", "' OR 1=1"), ("Cookie", "a=b; c"),
             ("traceparent", "nonsense"), ("Idempotency-Key", "x")])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/me");
            request.Headers.TryAddWithoutValidation(name, value);

            using var response = await ana.Http.SendAsync(request);

            await response.ShouldBe(HttpStatusCode.OK);
        }
    }

    private static string WithMembers(string value) => "{" + string.Join(',', Members.Select(member => $"\"{member}\":{value}")) + "}";

    private static async Task<HttpResponseMessage> SendAsync(TestUser user, string method, string path, byte[] body, string? contentType)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new ByteArrayContent(body) };
        if (contentType is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        // The server may refuse a large body before it has been sent.
        request.Headers.ExpectContinue = body.Length > 1_000_000;
        return await user.Http.SendAsync(request);
    }
}
