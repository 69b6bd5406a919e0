using Pamps.ApiService.Features.Posts;

namespace Pamps.Tests.Features.Posts;

/// <summary>The grammar of posts.</summary>
public sealed class PostTextTests
{
    [Theory]
    [InlineData("Olá #Café e #café, #2 #a1 a#no #", new[] { "Café", "a1" })]
    [InlineData("#informação#nao &#39; /#no (#sim) #_x", new[] { "informação", "sim", "_x" })]
    [InlineData("https://example.com/#frag #日本 #हिन्दी", new[] { "日本", "हिन्दी" })]
    public void Tags_are_letters_marks_digits_and_underscores(string input, string[] tags) => Assert.Equal(tags, Parse(input).Tags);

    [Theory]
    [InlineData("@Ana @ana, (@bia) x@no.example @no.example @no@host @ab @rui.", new[] { "ana", "bia", "rui" })]
    [InlineData("https://example.com/@ana @ação", new string[0])]
    public void Mentions_are_user_names_and_no_addresses(string input, string[] mentions) => Assert.Equal(mentions, Parse(input).Mentions);

    [Theory]
    [InlineData("See https://example.com/a_(b). And (http://x.example/y)!", new[] { "https://example.com/a_(b)", "http://x.example/y" })]
    [InlineData("https:// http://. ftp://x", new string[0])]
    public void Links_end_before_punctuation(string input, string[] links) => Assert.Equal(links, Parse(input).Links);

    [Theory]
    [InlineData("abc", 3)]
    [InlineData("e\u0301", 1)]
    [InlineData("👩‍👩‍👧‍👦🇧🇷", 2)]
    [InlineData("a https://example.com/a/very/long/path/that/goes/on/and/on b", 27)]
    public void Length_counts_graphemes_and_weighs_links(string input, int length) => Assert.Equal(length, Parse(input).Length);

    [Fact]
    public void Text_is_composed_and_trimmed() => Assert.Equal("café\nolá", Parse("  cafe\u0301\r\nolá\n ").Value);

    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    [InlineData("a\0b")]
    [InlineData("a\u0007")]
    public void What_is_no_text_is_refused(string input) => Assert.False(PostText.TryParse(input, 500, out _, out _));

    [Fact]
    public void Half_a_character_is_refused() => Assert.False(PostText.TryParse("a" + (char)0xD83D, 500, out _, out _));

    [Fact]
    public void Ten_thousand_mentions_are_read_in_time_and_bounded()
    {
        var text = string.Join(' ', Enumerable.Range(0, 1_000).Select(index => $"@user{index:000}"));
        Assert.True(PostText.TryParse(text, 10_000, out var parsed, out _));
        Assert.Equal(20, parsed.Mentions.Count);
    }

    private static PostText Parse(string input)
    {
        Assert.True(PostText.TryParse(input, 500, out var text, out var problem), problem);
        return text;
    }
}
