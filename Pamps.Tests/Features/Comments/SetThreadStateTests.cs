using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Contracts;
using static Pamps.Tests.Features.Comments.CommentPeople;

namespace Pamps.Tests.Features.Comments;

public class SetThreadStateTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Locked_thread_is_read_but_takes_nothing()
    {
        var ana = await api.SignedInAs("ana");
        using var moderator = await api.ModeratorAsync();
        var added = await ana.CommentAsync("locked", "before");

        Assert.Equal(ContentThreadState.Locked, (await moderator.SetStateAsync("locked", "locked")).State);

        using var refused = await ana.Http.PostAsJsonAsync(At("locked"), new { text = "after" });
        await refused.ShouldBeProblemAsync(403, "thread_locked");
        using var edit = await ana.Http.PatchAsJsonAsync($"/api/v1/comments/{added.Id}", new { text = "changed" });
        await edit.ShouldBeProblemAsync(403, "thread_locked");
        Assert.Equal(["before"], (await api.Anonymous.ListAsync("locked")).Items.Select(item => item.Text));
    }

    [Fact]
    public async Task Hidden_thread_is_there_for_moderators_only()
    {
        var ana = await api.SignedInAs("ana");
        using var moderator = await api.ModeratorAsync();
        var added = await ana.CommentAsync("hidden", "psst");

        await moderator.SetStateAsync("hidden", "hidden");

        foreach (var path in new[] { Thread("hidden"), At("hidden"), $"/api/v1/comments/{added.Id}", "/api/v1/content/comments.rss?id=hidden" })
        {
            using var response = await ana.Http.GetAsync(new Uri(path, UriKind.Relative));
            await response.ShouldBeProblemAsync(404, "not_found");
        }

        using var refused = await ana.Http.PostAsJsonAsync(At("hidden"), new { text = "more" });
        await refused.ShouldBeProblemAsync(404, "not_found");
        Assert.Equal(0, (await ana.GetAsync<Dictionary<string, int>>("/api/v1/content/counts?id=hidden"))["hidden"]);
        Assert.Single((await moderator.ListAsync("hidden")).Items);
    }

    [Fact]
    public async Task Thread_can_be_locked_before_anybody_commented()
    {
        var ana = await api.SignedInAs("ana");
        using var moderator = await api.ModeratorAsync();
        await moderator.SetStateAsync("never", "locked");

        using var refused = await ana.Http.PostAsJsonAsync(At("never"), new { text = "first" });

        await refused.ShouldBeProblemAsync(403, "thread_locked");
    }

    [Fact]
    public async Task Everybody_else_is_refused_and_nothing_changes()
    {
        var ana = await api.SignedInAs("ana");

        using var user = await ana.Http.PatchAsJsonAsync(Thread("mine"), new { state = "locked" });
        using var nobody = await api.Anonymous.PatchAsJsonAsync(Thread("mine"), new { state = "locked" });

        await user.ShouldBe(HttpStatusCode.Forbidden);
        await nobody.ShouldBeProblemAsync(401, "token_missing");
        Assert.Equal(ContentThreadState.Open, (await api.Anonymous.ThreadAsync("mine")).State);
    }

    [Fact]
    public async Task Each_change_is_in_the_audit_log_once()
    {
        using var moderator = await api.ModeratorAsync();

        await moderator.SetStateAsync("audited", "locked");
        await moderator.SetStateAsync("audited", "locked");

        var actions = await api.WithDatabase(async db =>
        {
            var id = await db.ContentThreads.Where(thread => thread.ContentId == "audited").Select(thread => thread.Id).SingleAsync();
            return await db.AuditEntries.Where(entry => entry.Target == $"thread:{id}").Select(entry => entry.Action).ToListAsync();
        });
        Assert.Equal(["thread.lock"], actions);
    }

    [Theory]
    [InlineData("""{"state":"open-ish"}""")]
    [InlineData("""{"state":null}""")]
    [InlineData("{}")]
    public async Task Unknown_state_is_refused(string body)
    {
        using var moderator = await api.ModeratorAsync();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        using var response = await moderator.PatchAsync(new Uri(Thread("states"), UriKind.Relative), content);

        await response.ShouldBe(HttpStatusCode.BadRequest);
    }
}
