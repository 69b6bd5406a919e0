using System.Net;
using System.Net.Http.Json;
using Pamps.ApiService.Contracts;
using Pamps.Tests.Features.Tokens;

namespace Pamps.Tests.Features.Accounts;

public sealed class ProfileTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Profile_is_found_by_name_in_any_case_and_by_id_without_the_address()
    {
        var ana = await api.SignedInAs("ana");

        using var byName = await api.Anonymous.GetAsync(new Uri($"/api/v1/accounts/{ana.Username.ToUpperInvariant()}", UriKind.Relative));
        using var byId = await api.Anonymous.GetAsync(new Uri($"/api/v1/accounts/by-id/{ana.Id}", UriKind.Relative));

        Assert.Equal(ana.Id, (await byName.ShouldBe<AccountResponse>(HttpStatusCode.OK)).Id);
        Assert.DoesNotContain(ana.Email, await byId.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Only_the_members_sent_are_changed()
    {
        var ana = await api.SignedInAs("ana");
        using var first = await ana.Http.PatchAsJsonAsync("/api/v1/me", new { bio = "Olá!\nTudo bem?", links = (string[])["https://example.org/ana"] });
        await first.ShouldBe(HttpStatusCode.OK);

        using var second = await ana.Http.PatchAsJsonAsync("/api/v1/me", new { displayName = "Ana Souza" });

        var me = await second.ShouldBe<MeResponse>(HttpStatusCode.OK);
        Assert.Equal(("Ana Souza", "Olá!\nTudo bem?", "https://example.org/ana"), (me.DisplayName, me.Bio, me.Links.Single()));
    }

    [Theory]
    [InlineData("displayName", "   ")]
    [InlineData("displayName", "right\u202eleft")]
    [InlineData("bio", "bell \u0007")]
    [InlineData("avatarUrl", "javascript:alert(1)")]
    [InlineData("avatarUrl", "https://user:secret@example.org/a.png")]
    [InlineData("language", "klingon")]
    public async Task Bad_members_are_named_and_change_nothing(string member, string value)
    {
        var ana = await api.SignedInAs("ana");

        using var response = await ana.Http.PatchAsJsonAsync("/api/v1/me", new Dictionary<string, string> { [member] = value });

        await response.ShouldBeProblemAsync(400, "validation_failed", member);
        Assert.Equivalent(ana.Me, await ana.GetAsync<MeResponse>("/api/v1/me"));
    }

    [Fact]
    public async Task New_address_needs_the_password_and_must_be_free()
    {
        var (ana, bob) = (await api.SignedInAs("ana"), await api.SignedInAs("bob"));
        var address = $"new-{ana.Username}@example.org";

        using var without = await ana.Http.PatchAsJsonAsync("/api/v1/me", new { email = address });
        using var taken = await ana.Http.PatchAsJsonAsync("/api/v1/me", new { email = bob.Email, currentPassword = ana.Password });
        using var right = await ana.Http.PatchAsJsonAsync("/api/v1/me", new { email = address, currentPassword = ana.Password });

        await without.ShouldBeProblemAsync(400, "validation_failed", "currentPassword");
        await taken.ShouldBeProblemAsync(409, "email_taken");
        Assert.Equal(address, (await right.ShouldBe<MeResponse>(HttpStatusCode.OK)).Email);
        await api.Anonymous.SignInAsync(address, ana.Password);
    }

    [Fact]
    public async Task New_password_ends_the_other_sessions_and_the_old_password()
    {
        var here = await api.SignedInAs("ana");
        var there = await api.SignIn(here.Username, here.Password);

        using var wrong = await here.Http.PostAsJsonAsync("/api/v1/me/password", new { currentPassword = "not this one", newPassword = "another good one" });
        using var right = await here.Http.PostAsJsonAsync("/api/v1/me/password", new { currentPassword = here.Password, newPassword = "another good one" });
        using var other = await there.Http.GetAsync(new Uri("/api/v1/me", UriKind.Relative));
        using var old = await api.Anonymous.PostTokenAsync(("grant_type", "password"), ("username", here.Username), ("password", here.Password));

        await wrong.ShouldBeProblemAsync(400, "validation_failed", "currentPassword");
        await right.ShouldBe(HttpStatusCode.NoContent);
        await other.ShouldBeProblemAsync(401, "token_invalid");
        await old.ShouldBeProblemAsync(400, "invalid_grant");
        await here.GetAsync<MeResponse>("/api/v1/me");
        await api.Anonymous.SignInAsync(here.Username, "another good one");
    }

    [Fact]
    public async Task List_pages_through_everybody_once_and_searches_literally()
    {
        var mark = ApiFixture.Unique("lister").Replace("_", "x", StringComparison.Ordinal);
        var names = new List<string>();
        for (var number = 0; number < 5; number++)
        {
            names.Add((await api.SignedInAs($"{mark}{number}")).Username);
        }

        var found = new List<string>();
        string? cursor = null;
        do
        {
            using var response = await api.Anonymous.GetAsync(new Uri($"/api/v1/accounts?q={mark}&limit=2&cursor={cursor}".Replace("&cursor=", cursor is null ? "" : "&cursor=", StringComparison.Ordinal), UriKind.Relative));
            var page = await response.ShouldBe<Page<AccountSummary>>(HttpStatusCode.OK);
            found.AddRange(page.Items.Select(account => account.Username));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(Enumerable.Reverse(names), found);
        using var percent = await api.Anonymous.GetAsync(new Uri("/api/v1/accounts?q=%25", UriKind.Relative));
        Assert.Empty((await percent.ShouldBe<Page<AccountSummary>>(HttpStatusCode.OK)).Items);
    }

    [Theory]
    [InlineData("cursor=garbage")]
    [InlineData("cursor=MXxwb3N0c3xufDQ3MTF8")]
    [InlineData("max_id=x")]
    [InlineData("max_id=-1")]
    public async Task Forged_places_in_the_list_are_refused(string query)
    {
        using var response = await api.Anonymous.GetAsync(new Uri($"/api/v1/accounts?{query}", UriKind.Relative));

        await response.ShouldBeProblemAsync(400, "invalid_cursor");
    }
}
