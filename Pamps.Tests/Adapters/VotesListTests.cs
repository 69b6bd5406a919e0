using System.Net;
using static Pamps.Tests.Adapters.OlderClient;

namespace Pamps.Tests.Adapters;

public class VotesListTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task List_is_paged_searched_and_sorted_and_keeps_drafts_to_their_owner()
    {
        var (ana, anaId, _) = await api.VoterAsync("ana");
        var (rui, _, _) = await api.VoterAsync("rui");
        Assert.Empty((await ana.GetAsync("/posts/")).AsArray());
        foreach (var title in new[] { "one", "Two_2", "100% three", "four" })
        {
            await ana.WriteAsync(title, $"content of {title}");
        }

        var draft = await ana.WriteAsync("draft one", "secret", published: false);
        await rui.BlogAsync("no title");
        await rui.PostAsync("/post/", HttpStatusCode.Created, new { text = "a reply", parent_id = draft + 1 });

        var everything = await ana.GetAsync("/posts/");
        Assert.All(everything.AsArray(), item => HasKeys(item, "Post", "votes"));
        Assert.Equal(["one", "Two_2", "100% three", "four", "draft one", ""], Titles(everything));
        Assert.Equal(["one", "Two_2", "100% three", "four", ""], Titles(await rui.GetAsync("/posts")));
        Assert.Equal(["Two_2"], Titles(await rui.GetAsync("/posts/?limit=1&skip=1")));
        Assert.Equal(["100% three", "four"], Titles(await rui.GetAsync("/posts/?limit=2&page=2")));
        Assert.Equal(["", "four"], Titles(await rui.GetAsync("/posts/?limit=2&sort=-created_at")));
        Assert.Empty(Titles(await rui.GetAsync("/posts/?limit=0")));
        Assert.Empty(Titles(await rui.GetAsync("/posts/?skip=99999999999999999999999")));
        Assert.Equal(["100% three"], Titles(await rui.GetAsync("/posts/?search=%25")));
        Assert.Equal(["Two_2"], Titles(await rui.GetAsync("/posts/?search=_")));
        Assert.Equal(["one"], Titles(await rui.GetAsync("/posts/?search=on")));
        Assert.Empty(Titles(await rui.GetAsync("/posts/?search=ONE")));
        Assert.Equal(["100% three"], Titles(await rui.GetAsync("/posts/?search=0%25%20t")));

        IsDetail($"post with id: {draft} was not found", await rui.JsonAsync(HttpMethod.Get, $"/posts/{draft}", HttpStatusCode.NotFound));
        IsDetail($"post with id: {draft} does not exist", await rui.JsonAsync(HttpMethod.Delete, $"/posts/{draft}", HttpStatusCode.NotFound));
        IsDetail($"post with id: {draft} does not exist", await rui.JsonAsync(HttpMethod.Put, $"/posts/{draft}", HttpStatusCode.NotFound, new { title = "x", content = "y" }));
        IsDetail($"Post with id: {draft} does not exist", await rui.PostAsync("/vote/", HttpStatusCode.NotFound, new { post_id = draft, dir = 1 }));
        Assert.Equal(anaId, (long)(await ana.GetAsync($"/posts/{draft}"))["Post"]!["owner_id"]!);

        var published = await ana.JsonAsync(HttpMethod.Put, $"/posts/{draft}", HttpStatusCode.OK, new { title = "draft one", content = "open" });
        Assert.True((bool)published!["published"]!);
        Assert.Equal("open", (string?)(await rui.GetAsync($"/posts/{draft}"))["Post"]!["content"]);
    }

    [Theory]
    [InlineData("limit=-1", "query.limit|value_error.number.not_ge")]
    [InlineData("limit=1001", "query.limit|value_error.number.not_le")]
    [InlineData("limit=ten", "query.limit|type_error.integer")]
    [InlineData("skip=-1", "query.skip|value_error.number.not_ge")]
    [InlineData("page=0", "query.page|value_error.number.not_ge")]
    [InlineData("page=2&skip=3", "query.page|value_error")]
    [InlineData("sort=title", "query.sort|value_error.const")]
    [InlineData("limit=x&skip=y", "query.limit|type_error.integer", "query.skip|type_error.integer")]
    [InlineData("search=%00", "query.search|value_error.str.unicode")]
    public async Task Wrong_query_is_named(string query, params string[] errors)
    {
        var (ana, _, _) = await api.VoterAsync("ana");

        Assert.Equal(errors, Errors(await ana.JsonAsync(HttpMethod.Get, "/posts/?" + query, HttpStatusCode.UnprocessableEntity)));
    }

    private static IEnumerable<string?> Titles(System.Text.Json.Nodes.JsonNode list) => list.AsArray().Select(item => (string?)item!["Post"]!["title"]);
}
