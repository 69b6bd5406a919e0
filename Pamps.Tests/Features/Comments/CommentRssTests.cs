using System.Net;
using System.Xml.Linq;

namespace Pamps.Tests.Features.Comments;

public class CommentRssTests(CommentRssTests.Sites api) : IClassFixture<CommentRssTests.Sites>
{
    private static readonly Uri Feed = new("/api/v1/content/comments.rss?id=rss", UriKind.Relative);

    [Fact]
    public async Task Feed_has_the_newest_twenty_and_is_answered_with_304_until_something_changes()
    {
        var ana = await api.SignedInAs("ana");
        for (var i = 0; i < 21; i++)
        {
            await ana.CommentAsync("rss", $"comment {i} <b> & ]]>");
        }

        using var first = await api.Anonymous.GetAsync(Feed);

        await first.ShouldBe(HttpStatusCode.OK);
        Assert.Equal("application/rss+xml", first.Content.Headers.ContentType!.MediaType);
        var items = XDocument.Parse(await first.Content.ReadAsStringAsync()).Descendants("item").ToList();
        Assert.Equal(20, items.Count);
        Assert.Equal("comment 20 <b> & ]]>", (string?)items[0].Element("description"));
        Assert.NotNull(first.Content.Headers.LastModified);

        Assert.Equal(HttpStatusCode.NotModified, await AgainAsync("If-None-Match", first.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.NotModified, await AgainAsync("If-Modified-Since", first.Content.Headers.LastModified!.Value.ToString("R")));

        await ana.DeleteAsync($"/api/v1/comments/{(await api.Anonymous.ListAsync("rss", "&sort=newest&limit=1")).Items[0].Id}");

        Assert.Equal(HttpStatusCode.OK, await AgainAsync("If-None-Match", first.Headers.ETag.ToString()));
    }

    [Fact]
    public async Task Feed_of_an_untouched_thread_is_empty()
    {
        using var response = await api.Anonymous.GetAsync(new Uri("/api/v1/content/comments.rss?id=nothing-yet", UriKind.Relative));

        await response.ShouldBe(HttpStatusCode.OK);
        Assert.Empty(XDocument.Parse(await response.Content.ReadAsStringAsync()).Descendants("item"));
    }

    [Theory]
    [InlineData("https://blog.example/a", "https://blog.example", true)]
    [InlineData("https://blog.example/a", "https://shop.example", false)]
    [InlineData("shop:7", "https://shop.example", true)]
    [InlineData("https://else.example/a", "https://blog.example", false)]
    public async Task Pages_of_a_site_read_its_own_threads_only(string contentId, string origin, bool allowed)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, CommentPeople.At(contentId));
        request.Headers.Add("Origin", origin);

        using var response = await api.Anonymous.SendAsync(request);

        await response.ShouldBe(HttpStatusCode.OK);
        Assert.Equal(allowed ? origin : null, response.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? values.Single() : null);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    [Fact]
    public async Task Preflight_of_an_edit_is_answered_for_every_site()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/api/v1/comments/1");
        request.Headers.Add("Origin", "https://shop.example");
        request.Headers.Add("Access-Control-Request-Method", "PATCH");
        request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type,if-match");

        using var response = await api.Anonymous.SendAsync(request);

        Assert.Equal("https://shop.example", Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Contains("PATCH", string.Join(',', response.Headers.GetValues("Access-Control-Allow-Methods")), StringComparison.Ordinal);
    }

    private async Task<HttpStatusCode> AgainAsync(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Feed);
        request.Headers.TryAddWithoutValidation(header, value);
        using var response = await api.Anonymous.SendAsync(request);
        return response.StatusCode;
    }

    public sealed class Sites : ApiFixture
    {
        protected override void Configure(ApiSettings settings)
        {
            ArgumentNullException.ThrowIfNull(settings);
            settings["Comments:Sites:0:Content:0"] = "https://blog.example/";
            settings["Comments:Sites:0:Origins:0"] = "https://blog.example";
            settings["Comments:Sites:1:Content:0"] = "shop:";
            settings["Comments:Sites:1:Origins:0"] = "https://shop.example";
        }
    }
}
