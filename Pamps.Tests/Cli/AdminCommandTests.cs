using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Contracts;
using Pamps.Tests.Features.Tokens;

namespace Pamps.Tests.Cli;

public sealed class AdminCommandTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Created_account_signs_in_with_the_password_shown()
    {
        var name = ApiFixture.Unique("made");

        var (code, output) = await RunAsync("accounts", "create", name, $"{name}@example.org", "--role", "Moderator", "--json");

        Assert.Equal(0, code);
        var created = JsonDocument.Parse(output).RootElement;
        var tokens = await api.Anonymous.SignInAsync(name, created.GetProperty("password").GetString()!, "read admin:read");
        Assert.Contains("admin:read", tokens.Scope, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Creating_twice_fails_with_a_sentence()
    {
        var ana = await api.SignedInAs("ana");

        var (code, output) = await RunAsync("accounts", "create", ana.Username, "other@example.org");

        Assert.Equal(1, code);
        Assert.Contains("username_taken", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_is_a_table_for_people_and_json_for_programs()
    {
        var ana = await api.SignedInAs("ana");

        var (_, table) = await RunAsync("accounts", "list", "--search", ana.Username);
        var (_, json) = await RunAsync("accounts", "list", "--search", ana.Username, "--json");

        Assert.StartsWith("ID", table, StringComparison.Ordinal);
        Assert.Contains(ana.Email, table, StringComparison.Ordinal);
        Assert.Equal(ana.Username, JsonDocument.Parse(json).RootElement[0].GetProperty("username").GetString());
    }

    [Fact]
    public async Task Dry_run_does_nothing()
    {
        var ana = await api.SignedInAs("ana");
        var before = await api.Database.DigestAsync();

        foreach (var command in (string[][])
            [["accounts", "delete", ana.Username], ["accounts", "suspend", ana.Username], ["accounts", "reset-password", ana.Username], ["feeds", "rebuild", "--all"], ["purge"], ["database", "reset"]])
        {
            var (code, output) = await RunAsync([.. command, "--dry-run"]);
            Assert.True(code == 0 || command[0] == "database", output);
        }

        Assert.Equal(before["accounts"], (await api.Database.DigestAsync())["accounts"]);
        Assert.Equal(before["sessions"], (await api.Database.DigestAsync())["sessions"]);
    }

    [Fact]
    public async Task New_password_replaces_the_old_one()
    {
        var ana = await api.SignedInAs("ana");

        var (code, _) = await RunAsync("accounts", "reset-password", ana.Username, "--password", "12345");

        Assert.Equal(0, code);
        await api.Anonymous.SignInAsync(ana.Username, "12345");
        using var old = await api.Anonymous.PostTokenAsync(("grant_type", "password"), ("username", ana.Username), ("password", ana.Password));
        await old.ShouldBeProblemAsync(400, "invalid_grant");
    }

    [Fact]
    public async Task Recount_corrects_what_is_wrong()
    {
        var (ana, bob) = (await api.SignedInAs("ana"), await api.SignedInAs("bob"));
        await ana.FollowAsync(bob);
        await api.WithDatabase(db => db.Accounts.Where(account => account.Username == bob.Username)
            .ExecuteUpdateAsync(set => set.SetProperty(account => account.FollowerCount, 77)));

        var (code, _) = await RunAsync("counts", "recount");

        Assert.Equal(0, code);
        Assert.Equal(1, (await bob.GetAsync<MeResponse>("/api/v1/me")).FollowerCount);
    }

    [Theory]
    [InlineData(2, "frobnicate")]
    [InlineData(2, "accounts", "create")]
    [InlineData(2, "accounts", "promote", "somebody", "Emperor")]
    [InlineData(1, "accounts", "delete", "nobody_at_all")]
    [InlineData(1, "feeds", "rebuild")]
    [InlineData(1, "outbox", "retry", "--id", "999999")]
    public async Task Exit_codes_are_honest(int expected, params string[] command)
    {
        var (code, _) = await RunAsync(command);

        Assert.Equal(expected, code);
    }

    private Task<(int Code, string Output)> RunAsync(params string[] command) => api.RunAdminAsync(command);
}
