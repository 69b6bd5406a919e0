using System.Net;
using System.Net.Http.Json;
using Pamps.ApiService.Contracts;
using Pamps.Tests.Features.Tokens;

namespace Pamps.Tests.Features.ApiKeys;

public sealed class ApiKeyTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Keys = "/api/v1/me/api-keys";

    [Fact]
    public async Task A_key_works_as_header_and_as_bearer_token_with_its_scopes_alone()
    {
        var ana = await api.SignedInAs("ana");
        var key = (await CreateAsync(ana, "read:account")).Key;

        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/me");
        request.Headers.Add("X-Api-Key", key);
        using var header = await api.Anonymous.SendAsync(request);
        using var bearer = await api.Anonymous.SendAsync(HttpMethod.Get, "/api/v1/me", key);
        using var beyond = await api.Anonymous.SendAsync(HttpMethod.Get, "/api/v1/feeds/home", key);

        Assert.Equal(ana.Username, (await header.ShouldBe<MeResponse>(HttpStatusCode.OK)).Username);
        await bearer.ShouldBe(HttpStatusCode.OK);
        await beyond.ShouldBeProblemAsync(403, "scope_missing");
    }

    [Fact]
    public async Task A_key_is_shown_once_and_its_use_is_noted()
    {
        var ana = await api.SignedInAs("ana");
        var created = await CreateAsync(ana, "read");

        using var used = await api.Anonymous.SendAsync(HttpMethod.Get, "/api/v1/me", created.Key);
        await used.ShouldBe(HttpStatusCode.OK);
        using var list = await ana.Http.GetAsync(new Uri(Keys, UriKind.Relative));
        var text = await list.Content.ReadAsStringAsync();

        Assert.DoesNotContain(created.Key, text, StringComparison.Ordinal);
        var listed = Assert.Single(await ana.GetAsync<ApiKeyResponse[]>(Keys));
        Assert.Equal(created.Details.Prefix, listed.Prefix);
        Assert.NotNull(listed.LastUsedAt);
    }

    [Fact]
    public async Task A_revoked_key_is_refused_at_once()
    {
        var ana = await api.SignedInAs("ana");
        var created = await CreateAsync(ana, "read");
        using var before = await api.Anonymous.SendAsync(HttpMethod.Get, "/api/v1/me", created.Key);
        await before.ShouldBe(HttpStatusCode.OK);

        await ana.DeleteAsync($"{Keys}/{created.Details.Id}");
        using var after = await api.Anonymous.SendAsync(HttpMethod.Get, "/api/v1/me", created.Key);

        await after.ShouldBeProblemAsync(401, "token_invalid");
        Assert.Empty(await ana.GetAsync<ApiKeyResponse[]>(Keys));
    }

    [Fact]
    public async Task A_key_makes_no_keys_and_does_not_delete_its_owner()
    {
        var ana = await api.SignedInAs("ana");
        var key = (await CreateAsync(ana, "read", "write")).Key;

        using var body = JsonContent.Create(new { name = "more", scopes = (string[])["read"] });
        using var create = await api.Anonymous.SendAsync(HttpMethod.Post, Keys, key, body);
        using var password = JsonContent.Create(new { password = ana.Password });
        using var delete = await api.Anonymous.SendAsync(HttpMethod.Delete, "/api/v1/me", key, password);

        await create.ShouldBeProblemAsync(403, "forbidden");
        await delete.ShouldBeProblemAsync(403, "forbidden");
    }

    [Theory]
    [InlineData("admin:read")]
    [InlineData("billing:write")]
    [InlineData("no:such")]
    public async Task A_key_never_exceeds_its_owner(string scope)
    {
        var ana = await api.SignedInAs("ana");

        using var response = await ana.Http.PostAsJsonAsync(Keys, new { name = "key", scopes = (string[])[scope] });

        await response.ShouldBeProblemAsync(400, "validation_failed", "scopes");
    }

    [Theory]
    [InlineData("pamps_")]
    [InlineData("pamps_00000000_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("pamps_ZZZZZZZZ_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Invented_keys_are_refused(string key)
    {
        using var response = await api.Anonymous.SendAsync(HttpMethod.Get, "/api/v1/feeds/public", key);

        await response.ShouldBeProblemAsync(401, "token_invalid");
    }

    [Fact]
    public async Task Keys_of_somebody_else_do_not_exist()
    {
        var (ana, bob) = (await api.SignedInAs("ana"), await api.SignedInAs("bob"));
        var created = await CreateAsync(ana, "read");

        using var response = await bob.Http.DeleteAsync(new Uri($"{Keys}/{created.Details.Id}", UriKind.Relative));

        await response.ShouldBeProblemAsync(404, "not_found");
    }

    private static Task<CreatedApiKeyResponse> CreateAsync(TestUser user, params string[] scopes) =>
        user.PostAsync<CreatedApiKeyResponse>(Keys, new { name = "a key", scopes });
}
