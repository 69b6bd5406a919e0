using System.Net.Http.Json;
using System.Text.Json;
using Pamps.ApiService.Contracts;

namespace Pamps.Tests.Features.Tokens;

public sealed class IssueTokenTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Wrong_password_and_unknown_account_get_the_same_answer()
    {
        var ana = await api.SignedInAs("ana");

        using var wrong = await api.Anonymous.PostTokenAsync(("grant_type", "password"), ("username", ana.Username), ("password", "not this one"));
        using var unknown = await api.Anonymous.PostTokenAsync(("grant_type", "password"), ("username", "nobody_here"), ("password", "not this one"));

        var (first, second) = (await wrong.ShouldBeProblemAsync(400, "invalid_grant"), await unknown.ShouldBeProblemAsync(400, "invalid_grant"));
        Assert.Equal((first.Title, first.Detail), (second.Title, second.Detail));
        Assert.Equal("invalid_grant", first.Extensions["error"].GetString());
    }

    [Fact]
    public async Task Name_and_address_sign_in_in_any_case()
    {
        var ana = await api.SignedInAs("ana");

        await api.Anonymous.SignInAsync(ana.Username.ToUpperInvariant(), ana.Password);
        await api.Anonymous.SignInAsync(ana.Email.ToUpperInvariant(), ana.Password);
    }

    [Fact]
    public async Task Tokens_are_never_cached()
    {
        var ana = await api.SignedInAs("ana");

        using var response = await api.Anonymous.PostTokenAsync(("grant_type", "password"), ("username", ana.Username), ("password", ana.Password));

        Assert.True(response.Headers.CacheControl!.NoStore);
    }

    [Theory]
    [InlineData("client_credentials", "unsupported_grant_type", "unsupported_grant_type")]
    [InlineData("", "malformed_request", "invalid_request")]
    [InlineData("password", "malformed_request", "invalid_request")]
    [InlineData("refresh_token", "malformed_request", "invalid_request")]
    public async Task Other_grants_and_missing_members_are_refused(string grant, string code, string error)
    {
        using var response = await api.Anonymous.PostTokenAsync(("grant_type", grant));

        Assert.Equal(error, (await response.ShouldBeProblemAsync(400, code)).Extensions["error"].GetString());
    }

    [Theory]
    [InlineData("read nothing:real")]
    [InlineData("read admin:write")]
    [InlineData("billing:read")]
    public async Task Scopes_beyond_the_account_are_refused(string scope)
    {
        var ana = await api.SignedInAs("ana");

        using var response = await api.Anonymous.PostTokenAsync(
            ("grant_type", "password"), ("username", ana.Username), ("password", ana.Password), ("scope", scope));

        await response.ShouldBeProblemAsync(400, "invalid_scope");
    }

    [Fact]
    public async Task A_json_body_is_not_a_form()
    {
        using var response = await api.Anonymous.PostAsJsonAsync("/api/v1/oauth/token", new { grant_type = "password" });

        await response.ShouldBeProblemAsync(415, "unsupported_media_type");
    }

    [Fact]
    public async Task Token_without_a_scope_is_refused_and_told_which_one_it_needs()
    {
        var ana = await api.SignedInAs("ana");
        var token = (await api.Anonymous.SignInAsync(ana.Username, ana.Password, "read:posts")).AccessToken;

        using var response = await api.Anonymous.SendAsync(HttpMethod.Get, "/api/v1/me", token);

        await response.ShouldBeProblemAsync(403, "scope_missing");
        Assert.Contains("scope=\"read:account\"", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Role_that_was_given_after_sign_in_needs_a_new_sign_in_for_its_scopes()
    {
        var eva = await api.SignedInAs("eva");
        var token = await api.PromoteAsync(eva, AccountRole.Moderator);

        using var old = await eva.Http.GetAsync(new Uri("/api/v1/admin/reports", UriKind.Relative));
        using var fresh = await api.Anonymous.SendAsync(HttpMethod.Get, "/api/v1/admin/reports", token);

        await old.ShouldBeProblemAsync(403, "scope_missing");
        await fresh.ShouldBe<JsonElement>(System.Net.HttpStatusCode.OK);
    }
}
