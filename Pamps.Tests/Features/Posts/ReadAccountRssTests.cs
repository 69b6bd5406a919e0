using System.Net;
using System.Xml.Linq;

namespace Pamps.Tests.Features.Posts;

public class ReadAccountRssTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Feeds_of_an_account_and_a_tag_hold_what_everybody_may_see()
    {
        var ana = await api.SignedInAs("ana");
        var first = await ana.CreatePostAsync("one #RssFeed <b>");
        var draft = new CreatePostRequestBuilder().Saying("secret #rssfeed").Build() with { Published = false };
        await ana.CreatePostAsync(draft);
        await ana.ReplyAsync(first, "reply #rssFEED");
        await ana.CreatePostAsync("two");

        using var account = await api.Anonymous.GetAsync(new Uri($"/api/v1/accounts/{ana.Username}/posts.rss", UriKind.Relative));
        using var tag = await api.Anonymous.GetAsync(new Uri("/api/v1/tags/RSSfeed/posts.rss", UriKind.Relative));

        Assert.Equal(["two", "one #RssFeed <b>"], await TextsAsync(account));
        Assert.Equal(["reply #rssFEED", "one #RssFeed <b>"], await TextsAsync(tag));
        using var again = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/accounts/{ana.Username}/posts.rss");
        again.Headers.IfNoneMatch.Add(account.Headers.ETag!);
        using var unchanged = await api.Anonymous.SendAsync(again);
        await unchanged.ShouldBe(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task Unknown_account_has_no_feed_and_unused_tag_an_empty_one()
    {
        using var account = await api.Anonymous.GetAsync(new Uri("/api/v1/accounts/nobody_at_all/posts.rss", UriKind.Relative));
        using var tag = await api.Anonymous.GetAsync(new Uri("/api/v1/tags/never_used/posts.rss", UriKind.Relative));

        await account.ShouldBeProblemAsync(404, "not_found");
        Assert.Empty(await TextsAsync(tag));
    }

    private static async Task<IEnumerable<string?>> TextsAsync(HttpResponseMessage response)
    {
        await response.ShouldBe(HttpStatusCode.OK);
        Assert.Equal("application/rss+xml", response.Content.Headers.ContentType?.MediaType);
        return XDocument.Parse(await response.Content.ReadAsStringAsync()).Descendants("item").Select(item => (string?)item.Element("description"));
    }
}
