using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using static Pamps.Tests.Adapters.OlderClient;

namespace Pamps.Tests.Adapters;

public class OlderTokenTests(OlderTokenTests.Clocked api) : IClassFixture<OlderTokenTests.Clocked>
{
    [Fact]
    public async Task Tokens_carry_the_documented_claims()
    {
        var (_, username, tokens) = await api.MicrobloggerAsync("ana");
        var access = OlderPeople.Claims((string)tokens["access_token"]!);
        var refresh = OlderPeople.Claims((string)tokens["refresh_token"]!);
        var now = api.Clock.GetUtcNow().ToUnixTimeSeconds();

        Assert.Equal((username, true, "access_token"), ((string?)access["sub"], (bool)access["fresh"]!, (string?)access["scope"]));
        Assert.InRange((long)access["exp"]!, now + (30 * 60) - 5, now + (30 * 60));
        Assert.Equal((username, "refresh_token"), ((string?)refresh["sub"], (string?)refresh["scope"]));
        Assert.Null(refresh["fresh"]);
        Assert.InRange((long)refresh["exp"]!, now + (600 * 60) - 5, now + (600 * 60));
    }

    [Fact]
    public async Task Refreshing_gives_a_pair_that_is_not_fresh_and_leaves_the_old_refresh_token_valid()
    {
        var (client, _, tokens) = await api.MicrobloggerAsync("ana");
        var refresh = new { refresh_token = (string)tokens["refresh_token"]! };

        var first = await client.PostAsync("/refresh_token", HttpStatusCode.OK, refresh);
        var second = await client.PostAsync("/refresh_token/", HttpStatusCode.OK, refresh);

        HasKeys(first, "access_token", "refresh_token", "token_type");
        Assert.False((bool)OlderPeople.Claims((string)first["access_token"]!)["fresh"]!);
        await client.With((string)second["access_token"]!).BlogAsync("still me");
    }

    [Fact]
    public async Task Neither_token_does_the_other_s_work()
    {
        var (client, _, tokens) = await api.MicrobloggerAsync("ana");
        var (access, refresh) = ((string)tokens["access_token"]!, (string)tokens["refresh_token"]!);

        IsDetail("Could not validate credentials", await client.With(refresh).PostAsync("/post/", HttpStatusCode.Unauthorized, new { text = "x" }));
        IsDetail("Could not validate credentials", await client.PostAsync("/refresh_token", HttpStatusCode.Unauthorized, new { refresh_token = access }));
        using var canonical = await client.With(refresh).ResponseAsync(HttpMethod.Get, "/api/v1/me");
        await canonical.ShouldBeProblemAsync(401, "token_invalid");
    }

    [Fact]
    public async Task Older_token_works_on_the_canonical_api_with_the_rights_of_an_ordinary_sign_in()
    {
        var (client, username, _) = await api.MicrobloggerAsync("ana");

        using var me = await client.ResponseAsync(HttpMethod.Get, "/api/v1/me");
        var body = await me.ShouldBe<JsonNode>(HttpStatusCode.OK);
        Assert.Equal(username, (string?)body["username"]);
        Assert.Equal(["read", "write"], body["scopes"]!.AsArray().Select(scope => (string?)scope));
        using var admin = await client.ResponseAsync(HttpMethod.Get, "/api/v1/admin/comments/pending");
        await admin.ShouldBeProblemAsync(403, "scope_missing");
    }

    [Fact]
    public async Task Canonical_token_works_on_every_adapter()
    {
        var ana = await api.SignedInAs("ana");
        var client = new OlderClient(api.Anonymous, ana.Tokens.AccessToken);

        await client.BlogAsync("hello");
        await client.WriteAsync("title", "content");
        await client.GetAsync("/blog/");
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("a.b.c")]
    [InlineData("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJzdWIiOiJ1c2VyMSIsInVzZXJfaWQiOjEsInNpZCI6IjEiLCJzY29wZSI6ImFjY2Vzc190b2tlbiIsImV4cCI6NDEwMjQ0NDgwMH0.")]
    public async Task Bad_token_is_refused(string token)
    {
        var client = new OlderClient(api.Anonymous, token);

        IsDetail("Could not validate credentials", await client.PostAsync("/post/", HttpStatusCode.Unauthorized, new { text = "x" }));
        IsDetail("Could not validate credentials", await client.JsonAsync(HttpMethod.Get, "/posts/", HttpStatusCode.Unauthorized));
        await client.PostAsync("/refresh_token", HttpStatusCode.Unauthorized, new { refresh_token = token });
    }

    [Fact]
    public async Task Token_of_another_key_or_with_changed_claims_is_refused()
    {
        var (client, _, tokens) = await api.MicrobloggerAsync("ana");
        var token = (string)tokens["access_token"]!;
        var claims = OlderPeople.Claims(token);

        Assert.Equal(token, Sign(claims, ApiFixture.SigningKey));
        await client.With(Sign(claims, "another key that is long enough to sign tokens")).JsonAsync(HttpMethod.Get, "/posts/", HttpStatusCode.Unauthorized);
        claims["user_id"] = (long)claims["user_id"]! - 1;
        await client.With(Sign(claims, ApiFixture.SigningKey)).JsonAsync(HttpMethod.Get, "/posts/", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Other_scheme_counts_as_no_credentials()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/posts/");
        request.Headers.TryAddWithoutValidation("Authorization", "Basic dXNlcjE6dXNlcjE=");

        using var response = await api.Anonymous.SendAsync(request);

        IsDetail("Not authenticated", await response.ShouldBe<JsonNode>(HttpStatusCode.Unauthorized));
    }

    [Fact]
    public async Task Tokens_expire_in_their_time()
    {
        var (client, _, tokens) = await api.MicrobloggerAsync("ana");

        api.Clock.Advance(TimeSpan.FromMinutes(31));
        IsDetail("Could not validate credentials", await client.JsonAsync(HttpMethod.Get, "/posts/", HttpStatusCode.Unauthorized));
        var next = await client.PostAsync("/refresh_token", HttpStatusCode.OK, new { refresh_token = (string)tokens["refresh_token"]! });
        await client.With((string)next["access_token"]!).GetAsync("/posts/");

        api.Clock.Advance(TimeSpan.FromMinutes(600));
        await client.PostAsync("/refresh_token", HttpStatusCode.Unauthorized, new { refresh_token = (string)tokens["refresh_token"]! });
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_older_tokens_too()
    {
        var (client, _, tokens) = await api.MicrobloggerAsync("ana");

        using (var signedOut = await client.ResponseAsync(HttpMethod.Delete, "/api/v1/me/sessions"))
        {
            await signedOut.ShouldBe(HttpStatusCode.NoContent);
        }

        await client.JsonAsync(HttpMethod.Get, "/posts/", HttpStatusCode.Unauthorized);
        await client.PostAsync("/refresh_token", HttpStatusCode.Unauthorized, new { refresh_token = (string)tokens["refresh_token"]! });
    }

    [Fact]
    public async Task Suspended_account_neither_signs_in_nor_writes()
    {
        var (client, username, tokens) = await api.MicrobloggerAsync("ana");
        await api.WithDatabase(db => db.Accounts.Where(account => account.Username == username)
            .ExecuteUpdateAsync(set => set.SetProperty(account => account.SuspendedAt, api.Clock.GetUtcNow())));

        await client.FormAsync("/token", HttpStatusCode.Forbidden, ("username", username), ("password", "user1"));
        await client.PostAsync("/refresh_token", HttpStatusCode.Unauthorized, new { refresh_token = (string)tokens["refresh_token"]! });
        await client.PostAsync("/post/", HttpStatusCode.Forbidden, new { text = "x" });
    }

    [Theory]
    [InlineData("user", "x")]
    [InlineData(null, "user2")]
    [InlineData("ana@pamps.com", "user1")]
    public async Task Wrong_sign_in_says_the_same_for_every_reason(string? username, string password)
    {
        var (client, name, _) = await api.MicrobloggerAsync("ana");

        IsDetail("Incorrect username or password", await client.FormAsync("/token", HttpStatusCode.Unauthorized, ("username", username ?? name), ("password", password)));
    }

    [Fact]
    public async Task Api_key_comes_by_header_query_or_cookie_on_older_routes_and_by_header_alone_elsewhere()
    {
        var ana = await api.SignedInAs("ana");
        var key = (string)(await ana.PostAsync<JsonNode>("/api/v1/me/api-keys", new { name = "script", scopes = new[] { "read:posts" } }))["key"]!;

        Assert.Equal(200, await StatusAsync("/posts/", ("x-api-key", key)));
        Assert.Equal(200, await StatusAsync($"/posts/?api_key={key}"));
        Assert.Equal(200, await StatusAsync("/posts/", ("Cookie", $"api_key={key}")));
        Assert.Equal(401, await StatusAsync("/posts/?api_key=pamps_00000000_0000000000000000000000000000000000000000000"));
        Assert.Equal(401, await StatusAsync("/posts/", ("Cookie", $"api_key={key}"), ("Sec-Fetch-Site", "cross-site")));
        Assert.Equal(401, await StatusAsync("/posts/", ("Cookie", $"api_key={key}"), ("Origin", "https://evil.example")));
        Assert.Equal(401, await StatusAsync($"/api/v1/feeds/home?api_key={key}"));
        Assert.Equal(401, await StatusAsync("/api/v1/feeds/home", ("Cookie", $"api_key={key}")));
        using var write = new HttpRequestMessage(HttpMethod.Post, $"/posts/?api_key={key}") { Content = JsonContent.Create(new { title = "t", content = "c" }) };
        using var refused = await api.Anonymous.SendAsync(write);
        IsDetail("The credentials need the scope write:posts", await refused.ShouldBe<JsonNode>(HttpStatusCode.Forbidden));
    }

    private async Task<int> StatusAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await api.Anonymous.SendAsync(request);
        return (int)response.StatusCode;
    }

    private static string Sign(JsonNode claims, string key)
    {
        var signed = $"{Encode("""{"alg":"HS256","typ":"JWT"}""")}.{Encode(claims.ToJsonString())}";
        return $"{signed}.{System.Buffers.Text.Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string Encode(string json) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    public sealed class Clocked : ApiFixture
    {
        protected override void Configure(ApiSettings settings)
        {
            ArgumentNullException.ThrowIfNull(settings);
            settings.Clock = new ManualTimeProvider();
        }
    }
}
