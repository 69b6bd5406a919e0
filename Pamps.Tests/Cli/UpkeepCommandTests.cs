using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Features.Feeds;
using Pamps.Tests.Features.Feeds;
using Pamps.Tests.Features.Tokens;

namespace Pamps.Tests.Cli;

/// <summary>What operators do, by its effect on the running API.</summary>
public sealed class UpkeepCommandTests(SmallWindowFixture api) : IClassFixture<SmallWindowFixture>
{
    [Fact]
    public async Task Promotion_gives_the_scopes_of_the_role_at_the_next_sign_in()
    {
        var ana = await api.SignedInAs("ana");

        await DoneAsync("accounts", "promote", ana.Username, "Moderator");

        Assert.Contains("admin:write", (await api.Anonymous.SignInAsync(ana.Username, ana.Password, "read admin:read admin:write")).Scope, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Suspension_is_lifted_again_and_a_deleted_account_is_gone()
    {
        var ana = await api.SignedInAs("ana");
        await DoneAsync("accounts", "suspend", ana.Username, "--reason", "Spam.");
        await ProfileAsync(ana, HttpStatusCode.NotFound);
        await DoneAsync("accounts", "lift", ana.Username);
        await ProfileAsync(ana, HttpStatusCode.OK);

        await DoneAsync("accounts", "delete", ana.Username);
        await ProfileAsync(ana, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Revoked_keys_open_nothing()
    {
        var ana = await api.SignedInAs("ana");
        var key = await ana.PostAsync<CreatedApiKeyResponse>("/api/v1/me/api-keys", new { name = "key", scopes = (string[])["read"] });

        await DoneAsync("keys", "revoke", ana.Username);

        // Another process has revoked it: the copy of its state here ends within seconds.
        await Eventually.Holds(async () =>
        {
            using var response = await api.Anonymous.SendAsync(HttpMethod.Get, "/api/v1/me", key.Key);
            await response.ShouldBeProblemAsync(401, "token_invalid");
        });
    }

    [Fact]
    public async Task A_rebuilt_feed_claims_what_the_database_says()
    {
        var (ana, bia) = (await api.SignedInAs("ana"), await api.SignedInAs("bia"));
        await ana.FollowAsync(bia);
        for (var post = 0; post < 7; post++)
        {
            await bia.CreatePostAsync();
        }

        await FeedSteps.SettleAsync(api);
        var before = await FeedSteps.WarmAsync(api, ana);
        var store = api.Services.GetRequiredService<FeedStore>();
        var id = long.Parse(ana.Id, CultureInfo.InvariantCulture);
        await store.DeleteAsync([id]);

        await DoneAsync("feeds", "rebuild", "--account", ana.Username);

        Assert.Equal(before, (await Eventually.Be(() => store.DescribeAsync(id), slice => slice is not null))!.Floor);
        await DoneAsync("feeds", "rebuild", "--all");
        await FeedSteps.SettleAsync(api);
        Assert.Equal(await FeedSteps.TruthAsync(api, ana), await FeedSteps.WalkAsync(ana, 3));
    }

    [Fact]
    public async Task Tags_are_found_anew_and_nothing_else_changes()
    {
        var ana = await api.SignedInAs("ana");
        var tag = ApiFixture.Unique("tag");
        var post = await ana.CreatePostAsync($"About #{tag} and @{ana.Username}.");
        var id = long.Parse(post.Id, CultureInfo.InvariantCulture);
        await api.WithDatabase(async db =>
        {
            await db.PostTags.Where(row => row.PostId == id).ExecuteDeleteAsync();
            return await db.Posts.Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Tags, Array.Empty<string>()));
        });
        await DoneAsync("posts", "reindex", "--dry-run");
        await FeedSteps.SettleAsync(api);
        Assert.Empty((await ana.GetAsync<Page<PostResponse>>($"/api/v1/tags/{tag}/posts")).Items);

        await DoneAsync("posts", "reindex");

        var found = Assert.Single((await Eventually.Be(() => ana.GetAsync<Page<PostResponse>>($"/api/v1/tags/{tag}/posts"), page => page.Items.Count > 0)).Items);
        Assert.Equal([tag], found.Tags);
        Assert.Equal((post.Id, post.Text, post.Version, post.EditedAt), (found.Id, found.Text, found.Version, found.EditedAt));
        Assert.Equal(post.Mentions, found.Mentions);
    }

    [Fact]
    public async Task A_text_that_changes_meanwhile_gets_the_tags_of_its_new_wording()
    {
        var ana = await api.SignedInAs("ana");
        var (former, present) = (ApiFixture.Unique("former"), ApiFixture.Unique("present"));
        var id = long.Parse((await ana.CreatePostAsync("No tag yet.")).Id, CultureInfo.InvariantCulture);
        await api.WithDatabase(db => db.Posts.Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Text, $"#{former}")));

        await api.WithDatabase(db => db.InTransactionAsync(
            async () =>
            {
                await db.Posts.Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Text, $"#{present}"));
                await DoneAsync("posts", "reindex");

                // Committed only when the new index waits for it.
                await Eventually.Be(
                    () => api.WithDatabase(other => other.Database.SqlQuery<int>(
                        $"""select count(*)::int as "Value" from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'""").SingleAsync()),
                    waiting => waiting > 0);
                return id;
            },
            CancellationToken.None));

        await FeedSteps.SettleAsync(api);
        Assert.Single((await ana.GetAsync<Page<PostResponse>>($"/api/v1/tags/{present}/posts")).Items);
        Assert.Empty((await ana.GetAsync<Page<PostResponse>>($"/api/v1/tags/{former}/posts")).Items);
    }

    [Fact]
    public async Task Statistics_count_what_there_is_and_upkeep_without_work_is_well()
    {
        var ana = await api.SignedInAs("ana");
        await ana.CreatePostAsync();
        await FeedSteps.SettleAsync(api);

        var (code, output) = await api.RunAdminAsync("statistics", "--json");

        Assert.Equal(0, code);
        Assert.Contains("posts", output, StringComparison.Ordinal);
        Assert.NotEqual(JsonValueKind.Undefined, JsonDocument.Parse(output).RootElement.ValueKind);
        await DoneAsync("feeds", "prune");
        await DoneAsync("purge");
        await DoneAsync("outbox", "list");
    }

    private async Task DoneAsync(params string[] command)
    {
        var (code, output) = await api.RunAdminAsync(command);
        Assert.True(code == 0, output);
    }

    private async Task ProfileAsync(TestUser user, HttpStatusCode expected) => await Eventually.Holds(async () =>
    {
        using var response = await api.Anonymous.GetAsync(new Uri($"/api/v1/accounts/{user.Username}", UriKind.Relative));
        await response.ShouldBe(expected);
    });
}
