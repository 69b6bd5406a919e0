using System.Net.Http.Json;
using Pamps.ApiService.Contracts;
using static Pamps.Tests.Features.Comments.CommentPeople;

namespace Pamps.Tests.Features.Comments;

public class ListCommentsTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Thread_nobody_commented_in_is_empty_and_not_missing()
    {
        Assert.Empty((await api.Anonymous.ListAsync("untouched")).Items);
        Assert.Equal(new ContentThreadResponse("untouched", ContentThreadState.Open, 0, null, AllowsGuests: false), await api.Anonymous.ThreadAsync("untouched"));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("&sort=oldest", false)]
    [InlineData("&sort=newest", true)]
    public async Task Walking_the_pages_shows_every_comment_once_and_back_again(string sort, bool newest)
    {
        var ana = await api.SignedInAs("ana");
        var content = $"walk{sort}";
        var all = new List<string>();
        for (var i = 0; i < 7; i++)
        {
            all.Add((await ana.CommentAsync(content, $"comment {i}")).Id);
        }

        if (newest)
        {
            all.Reverse();
        }

        var seen = new List<string>();
        var page = await api.Anonymous.ListAsync(content, $"{sort}&limit=3");
        seen.AddRange(page.Items.Select(item => item.Id));
        while (page.NextCursor is { } next)
        {
            page = await api.Anonymous.ListAsync(content, $"{sort}&limit=3&cursor={next}");
            seen.AddRange(page.Items.Select(item => item.Id));
        }

        Assert.Equal(all, seen);
        var back = await api.Anonymous.ListAsync(content, $"{sort}&limit=3&cursor={page.PrevCursor}");
        Assert.Equal(all.Skip(3).Take(3), back.Items.Select(item => item.Id));
    }

    [Fact]
    public async Task Ids_bound_the_page_from_both_sides()
    {
        var ana = await api.SignedInAs("ana");
        var ids = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            ids.Add((await ana.CommentAsync("bounds", $"comment {i}")).Id);
        }

        var between = await api.Anonymous.ListAsync("bounds", $"&min_id={ids[0]}&max_id={ids[3]}");

        Assert.Equal([ids[1], ids[2]], between.Items.Select(item => item.Id));
    }

    [Theory]
    [InlineData("&cursor=nonsense")]
    [InlineData("&cursor=MXxwb3N0c3xufDF8")]
    [InlineData("&max_id=x")]
    public async Task Foreign_cursor_is_refused(string query)
    {
        using var response = await api.Anonymous.GetAsync(new Uri(At("cursors", query), UriKind.Relative));

        await response.ShouldBeProblemAsync(400, "invalid_cursor");
    }

    [Fact]
    public async Task Unknown_order_is_refused()
    {
        using var response = await api.Anonymous.GetAsync(new Uri(At("orders", "&sort=best"), UriKind.Relative));

        await response.ShouldBeProblemAsync(400, "validation_failed", "sort");
    }

    [Fact]
    public async Task Blocked_and_muted_accounts_are_not_listed()
    {
        var ana = await api.SignedInAs("ana");
        var rui = await api.SignedInAs("rui");
        await rui.CommentAsync("blocks", "hello");
        await ana.CommentAsync("blocks", "hi");

        using (var blocked = await ana.Http.PutAsync(new Uri($"/api/v1/accounts/{rui.Username}/block", UriKind.Relative), content: null))
        {
            await blocked.ShouldSucceed();
        }

        Assert.Equal(["hi"], (await ana.Http.ListAsync("blocks")).Items.Select(item => item.Text));
        Assert.Equal(["hello"], (await rui.Http.ListAsync("blocks")).Items.Select(item => item.Text));
        Assert.Equal(["hello", "hi"], (await api.Anonymous.ListAsync("blocks")).Items.Select(item => item.Text));
    }

    [Fact]
    public async Task Counts_answer_up_to_a_hundred_ids_as_asked()
    {
        var ana = await api.SignedInAs("ana");
        await ana.CommentAsync("https://count.example/a", "one");
        await ana.CommentAsync("https://count.example/a", "two");

        var counts = await ana.GetAsync<Dictionary<string, int>>("/api/v1/content/counts?id=http%3A%2F%2Fcount.example%2Fa%2F&id=nothing");

        Assert.Equal(new Dictionary<string, int> { ["http://count.example/a/"] = 2, ["nothing"] = 0 }, counts);
        var ids = Enumerable.Range(0, 101).Select(number => $"many-{number}").ToArray();
        Assert.Equal(100, (await ana.PostAsync<Dictionary<string, int>>("/api/v1/content/counts", new { ids = ids[..100] })).Count);
        using var tooMany = await api.Anonymous.PostAsJsonAsync("/api/v1/content/counts", new { ids });
        await tooMany.ShouldBeProblemAsync(400, "validation_failed", "ids");
        using var none = await api.Anonymous.GetAsync(new Uri("/api/v1/content/counts", UriKind.Relative));
        await none.ShouldBeProblemAsync(400, "validation_failed", "id");
        using var tooManyAsked = await api.Anonymous.GetAsync(new Uri("/api/v1/content/counts?" + string.Join('&', ids.Select(id => "id=" + id)), UriKind.Relative));
        await tooManyAsked.ShouldBeProblemAsync(400, "validation_failed", "id");
    }
}
