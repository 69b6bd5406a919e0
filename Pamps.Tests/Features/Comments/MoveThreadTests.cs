using System.Net;
using System.Net.Http.Json;
using Pamps.ApiService.Contracts;

namespace Pamps.Tests.Features.Comments;

public class MoveThreadTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Old_id_answers_with_the_new_one_and_takes_comments_for_it()
    {
        var ana = await api.SignedInAs("ana");
        using var moderator = await api.ModeratorAsync();
        await ana.CommentAsync("https://site.example/old", "one");

        var moved = await MoveAsync(moderator, "http://site.example/old/", "https://site.example/new");

        Assert.Equal(("https://site.example/new", 1), (moved.Id, moved.Count));
        Assert.Equal(moved, await api.Anonymous.ThreadAsync("https://site.example/old"));
        Assert.Equal("https://site.example/new", (await ana.CommentAsync("https://site.example/old", "two")).ContentId);
        Assert.Equal(["one", "two"], (await api.Anonymous.ListAsync("https://site.example/new")).Items.Select(item => item.Text));
        var counts = await ana.GetAsync<Dictionary<string, int>>("/api/v1/content/counts?id=https://site.example/old&id=https://site.example/new");
        Assert.Equal([2, 2], counts.Values);
    }

    [Fact]
    public async Task Moves_in_a_chain_and_back_lose_nothing()
    {
        var ana = await api.SignedInAs("ana");
        using var moderator = await api.ModeratorAsync();
        await ana.CommentAsync("a", "one");
        await MoveAsync(moderator, "a", "b");
        await MoveAsync(moderator, "b", "c");
        await ana.CommentAsync("a", "two");

        Assert.Equal("c", (await api.Anonymous.ThreadAsync("a")).Id);
        await MoveAsync(moderator, "c", "a");

        foreach (var id in new[] { "a", "b", "c" })
        {
            Assert.Equal(("a", 2), ((await api.Anonymous.ThreadAsync(id)).Id, (await api.Anonymous.ThreadAsync(id)).Count));
        }
    }

    [Fact]
    public async Task Threads_that_both_have_comments_are_joined_in_order_of_arrival()
    {
        var ana = await api.SignedInAs("ana");
        using var moderator = await api.ModeratorAsync();
        await ana.CommentAsync("left", "1");
        await ana.CommentAsync("right", "2");
        await ana.CommentAsync("left", "3");

        await MoveAsync(moderator, "left", "right");

        Assert.Equal(["1", "2", "3"], (await api.Anonymous.ListAsync("right")).Items.Select(item => item.Text));
    }

    [Fact]
    public async Task Locked_thread_stays_locked_at_its_new_address()
    {
        using var moderator = await api.ModeratorAsync();
        await moderator.SetStateAsync("shut", "locked");

        Assert.Equal(ContentThreadState.Locked, (await MoveAsync(moderator, "shut", "shut-2")).State);
    }

    [Fact]
    public async Task Comments_that_arrive_during_a_move_are_not_lost()
    {
        var ana = await api.SignedInAs("ana");
        using var moderator = await api.ModeratorAsync();
        await ana.CommentAsync("busy", "0");

        var writers = Enumerable.Range(1, 15).Select(number => ana.CommentAsync("busy", $"{number}")).ToList();
        await MoveAsync(moderator, "busy", "busy-2");
        await Task.WhenAll(writers);

        Assert.Equal(16, (await api.Anonymous.ThreadAsync("busy-2")).Count);
    }

    [Fact]
    public async Task Move_to_the_same_page_and_move_by_others_is_refused()
    {
        var ana = await api.SignedInAs("ana");
        using var moderator = await api.ModeratorAsync();

        using var same = await moderator.PostAsJsonAsync("/api/v1/content/move", new { from = "https://x.example/", to = "http://x.example" });
        using var user = await ana.Http.PostAsJsonAsync("/api/v1/content/move", new { from = "p", to = "q" });

        await same.ShouldBeProblemAsync(400, "validation_failed", "to");
        await user.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static async Task<ContentThreadResponse> MoveAsync(HttpClient http, string from, string to)
    {
        using var response = await http.PostAsJsonAsync("/api/v1/content/move", new { from, to });
        return await response.ShouldBe<ContentThreadResponse>(HttpStatusCode.OK);
    }
}
