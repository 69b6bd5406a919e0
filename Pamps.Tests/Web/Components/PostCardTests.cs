extern alias Web;

using Web::Pamps.ApiService.Contracts;
using Web::Pamps.Web.Components.Posts;

namespace Pamps.Tests.Web.Components;

/// <summary>A post in every state it can be shown in.</summary>
public sealed class PostCardTests
{
    [Fact]
    public async Task A_post_is_an_article_named_by_its_author_and_described_by_its_text()
    {
        var html = await Markup.OfAsync<PostCard>(new { Post = Markup.Post(), Position = 4 });

        Assert.Contains("""aria-labelledby="author-12 time-12" aria-describedby="text-12" """.Trim(), html, StringComparison.Ordinal);
        Assert.Contains("""aria-posinset="4" aria-setsize="-1" """.Trim(), html, StringComparison.Ordinal);
        Assert.Contains("""datetime="2026-11-21T11:55:00.000Z" """.Trim(), html, StringComparison.Ordinal);
        Assert.Contains(">5 min<", html, StringComparison.Ordinal);
        Assert.Contains("Saturday, November 21, 2026 at 11:55", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_post_shows_nothing_of_what_it_was()
    {
        var html = await Markup.OfAsync<PostCard>(new { Post = Markup.Post("a secret") with { Deleted = true, Author = null } });

        Assert.Contains("This post was deleted.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<button", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edited_post_says_so_and_leads_to_its_history()
    {
        var html = await Markup.OfAsync<PostCard>(new { Post = Markup.Post() with { EditedAt = Markup.Now } });

        Assert.Contains("href=\"/posts/12/history\"", html, StringComparison.Ordinal);
        Assert.Contains("edited", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "/posts/12/edit", "/report?post=12")]
    [InlineData(false, "/report?post=12", "/posts/12/edit")]
    public async Task Only_the_author_may_edit_and_only_others_may_report(bool own, string offered, string missing)
    {
        var html = await Markup.OfAsync<PostCard>(new { Post = Markup.Post(viewer: new PostViewer(false, false, own)) }, signedInAs: "ana");

        Assert.Contains($"href=\"{offered}\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain($"href=\"{missing}\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "true", "false")]
    [InlineData(false, "false", "true")]
    public async Task A_like_says_its_state_and_offers_the_other(bool liked, string pressed, string next)
    {
        var html = await Markup.OfAsync<PostCard>(new { Post = Markup.Post(viewer: new PostViewer(liked, false, false)) }, signedInAs: "joao");

        Assert.Contains($"formaction=\"/posts/12/like\" name=\"on\" value=\"{next}\" aria-pressed=\"{pressed}\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stranger_who_likes_is_led_to_sign_in_and_back()
    {
        var html = await Markup.OfAsync<PostCard>(new { Post = Markup.Post() });

        Assert.Contains("href=\"/sign-in?returnUrl=%2Fposts%2F12\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<button", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", 0, "Like, 0 likes")]
    [InlineData("en", 1, "Like, 1 like")]
    [InlineData("en", 1234, "Like, 1,234 likes")]
    [InlineData("pt-BR", 0, "Curtir, 0 curtida")]
    [InlineData("pt-BR", 1, "Curtir, 1 curtida")]
    [InlineData("pt-BR", 1234, "Curtir, 1.234 curtidas")]
    public async Task Counts_follow_the_plural_and_the_digits_of_the_language(string language, int likes, string name)
    {
        var html = await Markup.OfAsync<PostCard>(new { Post = Markup.Post() with { LikeCount = likes } }, language: language);

        Assert.Contains($"aria-label=\"{name}\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_text_and_names_are_only_text()
    {
        var author = new AccountSummary("3", "ana", "\u202E<img src=x onerror=alert(1)>", null);
        var html = await Markup.OfAsync<PostCard>(new { Post = Markup.Post("<script>alert(1)</script> javascript:alert(1) \u200D") with { Author = author } });

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("href=\"javascript", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("<bdi class=\"name\">", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pt-BR", " lang=\"pt-BR\"")]
    [InlineData(null, "")]
    public async Task A_text_says_its_own_language_and_finds_its_own_direction(string? language, string attribute)
    {
        var html = await Markup.OfAsync<PostCard>(new { Post = Markup.Post() with { Lang = language } });

        Assert.Contains($"<div class=\"post-text\" id=\"text-12\" dir=\"auto\"{attribute}>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_with_nothing_to_see_gives_way_to_the_user_name()
    {
        var html = await Markup.OfAsync<PostCard>(new { Post = Markup.Post() with { Author = new AccountSummary("3", "ana", "\u200B\u200D ", null) } });

        Assert.Contains("<bdi class=\"name\">ana</bdi>", html, StringComparison.Ordinal);
    }
}
