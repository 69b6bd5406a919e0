using Pamps.ApiService.Features.Comments;

namespace Pamps.Tests.Features.Comments;

public class ContentIdTests
{
    [Theory]
    [InlineData("1", "1")]
    [InlineData("  post-7 \n", "post-7")]
    [InlineData("a/../b", "a/../b")]
    [InlineData("Case Counts", "Case Counts")]
    [InlineData("cafe\u0301", "caf\u00e9")]
    [InlineData("https://blog.example", "https://blog.example/")]
    [InlineData("https://blog.example/", "https://blog.example/")]
    [InlineData("https://blog.example//", "https://blog.example/")]
    [InlineData("http://blog.example/a", "https://blog.example/a")]
    [InlineData("HTTPS://BLOG.Example/A", "https://blog.example/A")]
    [InlineData("https://blog.example/a/", "https://blog.example/a")]
    [InlineData("https://blog.example/a//", "https://blog.example/a")]
    [InlineData("https://blog.example/a/?p=1", "https://blog.example/a?p=1")]
    [InlineData("https://blog.example/a#top", "https://blog.example/a")]
    [InlineData("https://blog.example/a?#top", "https://blog.example/a")]
    [InlineData("https://ana:secret@blog.example/a", "https://blog.example/a")]
    [InlineData("http://blog.example:80/a", "https://blog.example/a")]
    [InlineData("https://blog.example:443/a", "https://blog.example/a")]
    [InlineData("https://blog.example:/a", "https://blog.example/a")]
    [InlineData("https://blog.example:80/a", "https://blog.example:80/a")]
    [InlineData("https://blog.example:08080/a", "https://blog.example:8080/a")]
    [InlineData("https://blog.example/a?utm_source=x&b=2&UTM_Medium=y&a=1&fbclid=z&gclid=w", "https://blog.example/a?b=2&a=1")]
    [InlineData("https://blog.example/a?utm%5Fsource=x", "https://blog.example/a")]
    [InlineData("https://blog.example/a?b=utm_source", "https://blog.example/a?b=utm_source")]
    [InlineData("https://blog.example/%7Eana/%c3%a9", "https://blog.example/~ana/%C3%A9")]
    [InlineData("https://blog.example/\u00e9 x", "https://blog.example/%C3%A9%20x")]
    [InlineData("https://blog.example/a%2Fb", "https://blog.example/a%2Fb")]
    [InlineData("https://blog.example/100%", "https://blog.example/100%25")]
    [InlineData("https://blog.example/%2541", "https://blog.example/%2541")]
    [InlineData("https://blog.example/a/./b/../c", "https://blog.example/a/c")]
    [InlineData("https://blog.example/../../a", "https://blog.example/a")]
    [InlineData("https://b\u00fccher.example/a", "https://xn--bcher-kva.example/a")]
    [InlineData("https://[2001:DB8::0:1]:443/a", "https://[2001:db8::1]/a")]
    public void One_page_has_one_id(string raw, string canonical)
    {
        Assert.True(ContentId.TryParse(raw, out var id));
        Assert.Equal(canonical, id.Value);
        Assert.True(ContentId.TryParse(id.Value, out var again));
        Assert.Equal(id, again);
    }

    [Theory]
    [InlineData("https://")]
    [InlineData("https:///a")]
    [InlineData("https://good.example\\@evil.example/")]
    [InlineData("https://blog.example:99999/")]
    [InlineData("https://blog.example:x/")]
    [InlineData("ftp://blog.example/A/")]
    [InlineData("mailto:Ana@Example.com")]
    public void What_is_no_web_address_is_compared_exactly(string raw)
    {
        Assert.True(ContentId.TryParse(raw, out var id));
        Assert.Equal(raw, id.Value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    [InlineData("a\uFFFE")]
    public void Nothing_and_control_characters_are_refused(string? raw) => Assert.False(ContentId.TryParse(raw, out _));

    [Fact]
    public void Lone_surrogates_are_refused() => Assert.False(ContentId.TryParse("a" + (char)0xD800, out _));

    [Fact]
    public void Length_is_that_of_the_canonical_form()
    {
        Assert.True(ContentId.TryParse(new string('a', 512), out _));
        Assert.False(ContentId.TryParse(new string('a', 513), out _));
        Assert.True(ContentId.TryParse("https://blog.example/a?utm_campaign=" + new string('x', 2_000), out var id));
        Assert.Equal("https://blog.example/a", id.Value);
        // Each of these letters takes six characters once encoded.
        Assert.False(ContentId.TryParse("https://blog.example/" + new string('\u00e9', 100), out _));
    }
}
