extern alias Web;

using Web::Pamps.Web.Components.Posts;

namespace Pamps.Tests.Web.Components;

/// <summary>Where a text of a user turns into links.</summary>
public sealed class PostTextParserTests
{
    [Theory]
    [InlineData("see https://example.org/a.", "https://example.org/a")]
    [InlineData("(https://example.org/a_(b))", "https://example.org/a_(b)")]
    [InlineData("https://example.org/?q=1&r=2!", "https://example.org/?q=1&r=2")]
    [InlineData("HTTP://EXAMPLE.org/x", "http://example.org/x")]
    public void An_address_ends_before_closing_punctuation(string text, string address) =>
        Assert.Equal(address, Assert.Single(Links(text)).Address);

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("https://user:password@example.org/")]
    [InlineData("xhttps://example.org/")]
    [InlineData("https://")]
    public void Anything_else_stays_text(string text)
    {
        var parts = PostTextParser.Parse(text, []).ToList();

        Assert.All(parts, part => Assert.Equal(PostTextKind.Plain, part.Kind));
        Assert.Equal(text, string.Concat(parts.Select(part => part.Text)));
    }

    [Fact]
    public void Only_mentions_that_exist_are_links()
    {
        var links = Links("@Ana, @nobody and a@ana.org", "ana");

        Assert.Equal([("@Ana", "/@ana")], links.Select(part => (part.Text, part.Address!)));
    }

    [Fact]
    public void Tags_have_a_letter_and_begin_a_word()
    {
        var links = Links("#manhã #123 a#b #rock_2 https://example.org/#top");

        Assert.Equal(["#manhã", "#rock_2", "example.org/#top"], links.Select(part => part.Text));
    }

    [Fact]
    public void A_long_address_is_shown_short_and_kept_whole()
    {
        var link = Assert.Single(Links("https://example.org/" + new string('x', 100)));

        Assert.Equal(32, link.Text.Length);
        Assert.EndsWith("…", link.Text, StringComparison.Ordinal);
        Assert.Equal(120, link.Address!.Length);
    }

    private static List<PostTextPart> Links(string text, params string[] mentions) =>
        [.. PostTextParser.Parse(text, mentions).Where(part => part.Kind != PostTextKind.Plain)];
}
