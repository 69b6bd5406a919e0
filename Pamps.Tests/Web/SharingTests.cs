using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Pamps.ApiService.Contracts;

namespace Pamps.Tests.Web;

/// <summary>How pages are found and passed on: titles, previews, feeds for readers, maps for robots.</summary>
public sealed partial class SharingTests : IAsyncLifetime
{
    private SiteAccount _writer = null!;
    private PostResponse _post = null!;
    private SiteClient _client = null!;
    private string _origin = "";

    public async Task InitializeAsync()
    {
        _writer = await SiteAccount.RegisterAsync("shared", "Rosa <b>& filha</b>");
        _post = await _writer.PostAsync($"Words with <markup> & #tag{_writer.Username}");
        _client = await SiteClient.ConnectAsync();
        _origin = (await AppModel.SiteAsync()).Web.ToString().TrimEnd('/');
    }

    public Task DisposeAsync()
    {
        _client.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_post_previews_itself()
    {
        var html = await _client.ReadAsync($"/posts/{_post.Id}");

        Assert.Equal($"{_origin}/posts/{_post.Id}", Canonical().Match(html).Groups[1].Value);
        Assert.Equal("article", Meta(html, "og:type"));
        Assert.Equal($"{_origin}/posts/{_post.Id}", Meta(html, "og:url"));
        Assert.Equal($"Rosa <b>& filha</b> (@{_writer.Username})", Meta(html, "og:title"));
        Assert.Equal(_post.Text, Meta(html, "og:description"));
        Assert.Equal(_post.Text, Meta(html, "description"));
        Assert.Equal(_post.CreatedAt, DateTimeOffset.Parse(Meta(html, "article:published_time")!, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Null(Meta(html, "og:image"));
        Assert.EndsWith(" · Pamps", Title().Match(html).Groups[1].Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_profile_previews_itself_and_names_its_feed()
    {
        var html = await _client.ReadAsync($"/@{_writer.Username}");

        Assert.Equal("profile", Meta(html, "og:type"));
        Assert.Equal(_writer.Username, Meta(html, "profile:username"));
        Assert.Equal($"{_origin}/@{_writer.Username}", Canonical().Match(html).Groups[1].Value);
        Assert.Matches($"<link rel=\"alternate\" type=\"application/rss[^>]+href=\"/@{_writer.Username}/rss\"", WebUtility.HtmlDecode(html));
    }

    [Theory]
    [InlineData("/@{0}/rss")]
    [InlineData("/tags/tag{0}/rss")]
    public async Task Posts_are_a_feed_for_readers(string path)
    {
        using var response = await _client.GetAsync(path.Replace("{0}", _writer.Username, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/rss+xml", response.Content.Headers.ContentType!.MediaType);

        var item = XDocument.Parse(await response.Content.ReadAsStringAsync()).Descendants("item").Single();

        Assert.Equal($"{_origin}/posts/{_post.Id}", item.Element("link")!.Value);
        Assert.Contains("<markup>", WebUtility.HtmlDecode(item.Element("description")!.Value), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feed_of_nobody_is_not_there()
    {
        using var response = await _client.GetAsync("/@nobody_of_that_name/rss");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Robots_find_the_map_and_the_map_finds_the_pages()
    {
        var rules = await _client.ReadAsync("/robots.txt");
        Assert.Contains($"Sitemap: {_origin}/sitemap.xml", rules, StringComparison.Ordinal);
        Assert.Contains("Disallow: /settings/", rules, StringComparison.Ordinal);

        var map = XDocument.Parse(await _client.ReadAsync("/sitemap.xml"));

        var addresses = map.Descendants().Where(element => element.Name.LocalName == "loc").Select(element => element.Value).ToList();
        Assert.Contains($"{_origin}/", addresses);
        Assert.All(addresses, address => Assert.StartsWith(_origin, address, StringComparison.Ordinal));
        Assert.Contains(addresses, address => address.StartsWith($"{_origin}/posts/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_site_can_be_put_on_a_home_screen()
    {
        var manifest = JsonDocument.Parse(await _client.ReadAsync("/manifest.webmanifest")).RootElement;
        Assert.Equal("Pamps", manifest.GetProperty("name").GetString());
        foreach (var icon in manifest.GetProperty("icons").EnumerateArray())
        {
            Assert.Contains("<svg", await _client.ReadAsync(icon.GetProperty("src").GetString()!), StringComparison.Ordinal);
        }

        Assert.Contains("rel=\"manifest\"", await _client.ReadAsync("/"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/search?q=a")]
    [InlineData("/@{0}/followers")]
    [InlineData("/@{0}/following")]
    [InlineData("/content?id=x")]
    public async Task Lists_of_people_and_searches_are_for_no_index(string path) =>
        Assert.Equal("noindex", Meta(await _client.ReadAsync(path.Replace("{0}", _writer.Username, StringComparison.Ordinal)), "robots"));

    [Fact]
    public async Task Links_can_be_checked_without_reading_them()
    {
        foreach (var (path, status) in ((string, HttpStatusCode)[])[("/", HttpStatusCode.OK), ($"/posts/{_post.Id}", HttpStatusCode.OK), ("/nothing/here", HttpStatusCode.NotFound)])
        {
            using var response = await _client.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));
            Assert.Equal(status, response.StatusCode);
            Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        }
    }

    private static string? Meta(string html, string name)
    {
        var match = Regex.Match(html, $"<meta (?:name|property)=\"{Regex.Escape(name)}\" content=\"([^\"]*)\"");
        return match.Success ? WebUtility.HtmlDecode(match.Groups[1].Value) : null;
    }

    [GeneratedRegex("<link rel=\"canonical\" href=\"([^\"]+)\"")]
    private static partial Regex Canonical();

    [GeneratedRegex("<title>([^<]+)</title>")]
    private static partial Regex Title();
}
