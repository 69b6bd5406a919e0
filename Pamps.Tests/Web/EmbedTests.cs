using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Pamps.ApiService.Contracts;

namespace Pamps.Tests.Web;

/// <summary>Threads of comments on pages of other sites: where they are allowed, how they fit in, and where they are refused.</summary>
public sealed partial class EmbedTests : IAsyncLifetime
{
    private WebApplication _outside = null!;
    private int _port;
    private string _content = "";

    // The same pages under two names: one that may embed, and one that may not.
    private string Allowed => $"http://127.0.0.1:{_port}";

    private string Foreign => $"http://localhost:{_port}";

    public async Task InitializeAsync()
    {
        var site = await AppModel.SiteAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _outside = builder.Build();
        _outside.MapGet("/article", () => Results.Content(
            $"""
            <!doctype html><html lang="en"><title>An article</title><h1>An article</h1>
            <div data-pamps-comments="{_content}" data-title="Comments on this article"></div>
            <script type="module" src="{new Uri(site.Web, "/js/embed.js")}"></script>
            """,
            "text/html"));
        _outside.MapGet("/framed", () => Results.Content(
            $"<!doctype html><html lang=\"en\"><title>Framed</title><iframe title=\"Comments\" height=\"900\" width=\"600\" sandbox=\"allow-scripts allow-same-origin allow-forms allow-popups\" src=\"{new Uri(site.Web, "/embed?id=" + Uri.EscapeDataString(_content))}\"></iframe>",
            "text/html"));
        _outside.MapGet("/trap", (string path) => Results.Content($"<!doctype html><title>Trap</title><iframe src=\"{new Uri(site.Web, path)}\"></iframe>", "text/html"));
        await _outside.StartAsync();
        _port = new Uri(_outside.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
    }

    public async Task DisposeAsync() => await _outside.DisposeAsync();

    [Fact]
    public async Task A_page_of_an_allowed_site_shows_its_comments_at_their_full_height()
    {
        await CommentedAsync(12);
        await using var visitor = await SiteVisitor.ArriveAsync();

        await visitor.GoAsync(Allowed + "/article");

        var frame = visitor.Page.Locator("iframe");
        await Assertions.Expect(frame.ContentFrame.GetByText("A comment from elsewhere 12")).ToBeVisibleAsync();
        // As high as what it shows: no second scroll bar.
        await visitor.Page.WaitForFunctionAsync("() => document.querySelector('iframe').getBoundingClientRect().height > 600");
        await Eventually.Be(
            () => frame.ContentFrame.Locator("body").EvaluateAsync<int>("body => document.documentElement.scrollHeight - innerHeight"), rest => rest <= 0);
        Assert.Equal(
            "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox", await frame.GetAttributeAsync("sandbox"));
        Assert.Equal("Comments on this article", await frame.GetAttributeAsync("title"));
        Assert.Equal("lazy", await frame.GetAttributeAsync("loading"));
    }

    [Fact]
    public async Task Whoever_is_signed_in_comments_beside_the_page_and_it_shows_in_the_frame()
    {
        await CommentedAsync(1);
        var account = await SiteAccount.RegisterAsync("comments");
        await using var visitor = await account.ArriveAsync();
        await visitor.GoAsync(Allowed + "/article");
        await Assertions.Expect(visitor.Page.Locator("iframe").ContentFrame.Locator("body")).ToContainTextAsync("Sign in to comment");
        // The session's cookie does not travel into frames of other sites, so one comments in a window of Pamps.
        var window = await visitor.Page.RunAndWaitForPopupAsync(
            () => visitor.Page.Locator("iframe").ContentFrame.GetByRole(AriaRole.Link, new() { Name = "Sign in to comment" }).ClickAsync());

        await window.GetByLabel("Your comment").FillAsync("Said beside the article.");
        await window.GetByRole(AriaRole.Button, new() { Name = "Comment", Exact = true }).ClickAsync();
        await Assertions.Expect(window.GetByText("Said beside the article.")).ToBeVisibleAsync();

        await visitor.Page.ReloadAsync();
        await Assertions.Expect(visitor.Page.Locator("iframe").ContentFrame.GetByText("Said beside the article.")).ToBeVisibleAsync();
        await Assertions.Expect(visitor.Page.Locator("iframe").ContentFrame.GetByText("2 comments", new() { Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_page_of_another_site_is_refused()
    {
        await CommentedAsync(1);
        await using var visitor = await SiteVisitor.ArriveAsync();

        await visitor.GoAsync(Foreign + "/article");

        var refused = await Eventually.Be(() => Task.FromResult(visitor.Troubles.Where(what => what.Contains("frame-ancestors", StringComparison.Ordinal)).ToList()), found => found.Count > 0);
        Assert.NotEmpty(refused);
        await Assertions.Expect(visitor.Page.Locator("iframe").ContentFrame.GetByText("A comment from elsewhere")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/sign-in")]
    [InlineData("/content?id=x")]
    [InlineData("/embed/demo")]
    public async Task Nothing_but_the_thread_can_be_framed_even_by_an_allowed_site(string path)
    {
        await using var visitor = await SiteVisitor.ArriveAsync();

        await visitor.GoAsync($"{Allowed}/trap?path={Uri.EscapeDataString(path)}");

        await Eventually.Be(() => Task.FromResult(visitor.Troubles.ToList()), found => found.Any(what => what.Contains("frame-ancestors", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_demo_page_shows_the_widget_itself()
    {
        await using var visitor = await SiteVisitor.ArriveAsync();
        await visitor.GoAsync("/embed/demo");

        var thread = visitor.Page.Locator("iframe").ContentFrame;

        await Assertions.Expect(thread.GetByRole(AriaRole.Link, new() { Name = "Sign in to comment" })).ToBeVisibleAsync();
        Assert.Empty(visitor.Troubles);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_thread_has_a_page_of_its_own_where_one_comments(bool scripts)
    {
        await CommentedAsync(1);
        await using var visitor = await (await SiteAccount.RegisterAsync("comments")).ArriveAsync(new Look(Scripts: scripts));
        await visitor.GoAsync("/content?id=" + Uri.EscapeDataString(_content));

        await visitor.Page.GetByLabel("Your comment").FillAsync("Said on its page.");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Comment", Exact = true }).ClickAsync();

        await Assertions.Expect(visitor.Page.GetByText("Said on its page.")).ToBeVisibleAsync();
        await Assertions.Expect(visitor.Page.GetByText("2 comments", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Empty(visitor.Troubles);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_guest_comments_in_the_frame_without_a_cookie(bool scripts)
    {
        _content = AppModel.GuestContent + ApiFixture.Unique("article");
        await using var visitor = await SiteVisitor.ArriveAsync(new Look(Scripts: scripts));
        await visitor.GoAsync(Allowed + (scripts ? "/article" : "/framed"));
        var frame = visitor.Page.Locator("iframe").ContentFrame;
        await Assertions.Expect(frame.GetByLabel("Your name")).ToHaveAttributeAsync("autocomplete", "name");
        await Assertions.Expect(frame.GetByLabel("E-mail address")).ToHaveAttributeAsync("autocomplete", "email");
        // A space that does not break, which browsers take for a name and the API does not.
        await frame.GetByLabel("Your name").FillAsync("\u00a0");
        await frame.GetByLabel("E-mail address").FillAsync("guest@example.org");
        await frame.GetByLabel("Your comment").FillAsync("Said by a guest.");
        await frame.GetByRole(AriaRole.Button, new() { Name = "Comment", Exact = true }).ClickAsync();

        await Assertions.Expect(frame.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        if (scripts)
        {
            // Without them a browser lets no frame of another site take the focus.
            await Assertions.Expect(frame.GetByRole(AriaRole.Alert)).ToBeFocusedAsync();
        }

        await Assertions.Expect(frame.GetByLabel("Your name")).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(frame.GetByLabel("Your name")).ToHaveAttributeAsync("aria-describedby", "f-authorName-error");
        await Assertions.Expect(frame.GetByLabel("E-mail address")).ToHaveValueAsync("guest@example.org");
        await Assertions.Expect(frame.GetByLabel("Your comment")).ToHaveValueAsync("Said by a guest.");
        await frame.GetByLabel("Your name").FillAsync("Rui da Costa");
        await frame.GetByRole(AriaRole.Button, new() { Name = "Comment", Exact = true }).ClickAsync();

        await Assertions.Expect(frame.GetByRole(AriaRole.Status).Filter(new() { HasText = "your comment is published" })).ToBeVisibleAsync();
        await Assertions.Expect(frame.Locator(".comment").Filter(new() { HasText = "Rui da Costa" })).ToContainTextAsync("Said by a guest.");
        await Assertions.Expect(frame.GetByText("guest@example.org")).ToHaveCountAsync(0);
        Assert.Empty(await visitor.Page.Context.CookiesAsync());
        Assert.Empty(visitor.Troubles);
    }

    [Fact]
    public async Task A_guest_of_a_careful_site_is_told_that_the_comment_waits()
    {
        _content = AppModel.ModeratedGuestContent + ApiFixture.Unique("article");
        await using var visitor = await SiteVisitor.ArriveAsync(new Look(Language: "pt-BR"));
        await visitor.GoAsync(Allowed + "/article");
        var frame = visitor.Page.Locator("iframe").ContentFrame;
        await Assertions.Expect(frame.GetByText("publicados depois de aprovados")).ToBeVisibleAsync();
        await frame.GetByLabel("Seu nome").FillAsync("Rui da Costa");
        await frame.GetByLabel("E-mail").FillAsync("guest@example.org");
        await frame.GetByLabel("Seu comentário").FillAsync("Espera um pouco.");

        await frame.GetByRole(AriaRole.Button, new() { Name = "Comentar", Exact = true }).ClickAsync();

        await Assertions.Expect(frame.GetByText("Seu comentário aguarda aprovação.")).ToBeVisibleAsync();
        await Assertions.Expect(frame.GetByText("Espera um pouco.")).ToHaveCountAsync(0);
        Assert.Empty(visitor.Troubles);
    }

    [Fact]
    public async Task The_form_of_guests_takes_nothing_that_it_did_not_make_and_acts_for_nobody()
    {
        var (own, other) = (AppModel.GuestContent + ApiFixture.Unique("own"), AppModel.GuestContent + ApiFixture.Unique("other"));
        var account = await SiteAccount.RegisterAsync("notaguest");
        await using var visitor = await account.ArriveAsync();
        using var client = await SiteClient.ConnectAsync();
        using var signedIn = await SiteClient.ConnectAsync(visitor);
        var (path, signature) = ("/embed/guest?id=" + Uri.EscapeDataString(own), await SignatureAsync(own));

        await AssertRefusedAsync(HttpStatusCode.UnprocessableEntity, Fields(""));
        await AssertRefusedAsync(HttpStatusCode.UnprocessableEntity, Fields(signature[..^4] + "AAAA"));
        await AssertRefusedAsync(HttpStatusCode.UnprocessableEntity, Fields(await SignatureAsync(other)));
        await AssertRefusedAsync(HttpStatusCode.BadRequest, Fields(signature), ("Sec-Fetch-Site", "cross-site"));
        await AssertRefusedAsync(HttpStatusCode.BadRequest, Fields(signature), ("Origin", "https://evil.example"));
        Assert.Empty((await account.GetAsync<Page<CommentResponse>>("/api/v1/content/comments?id=" + Uri.EscapeDataString(own))).Items);

        using var taken = await signedIn.PostAsync(path, Fields(signature));
        Assert.Equal(HttpStatusCode.SeeOther, taken.StatusCode);
        Assert.StartsWith("/embed?id=", taken.Headers.Location!.OriginalString, StringComparison.Ordinal);
        var comment = Assert.Single((await account.GetAsync<Page<CommentResponse>>("/api/v1/content/comments?id=" + Uri.EscapeDataString(own))).Items);
        Assert.Equal(("Rui", null), (comment.AuthorName, comment.Author));
        // Where guests may not comment there is no form for them.
        Assert.DoesNotContain("data-guest", await client.ReadAsync("/embed?id=" + Uri.EscapeDataString("https://articles.example/closed")), StringComparison.Ordinal);

        (string, string)[] Fields(string signed) => [("authorName", "Rui"), ("authorEmail", "rui@example.org"), ("text", "Said once."), ("signature", signed)];

        async Task<string> SignatureAsync(string content) =>
            Signature().Match(await client.ReadAsync("/embed?id=" + Uri.EscapeDataString(content))).Groups[1].Value;

        async Task AssertRefusedAsync(HttpStatusCode status, (string, string)[] fields, params (string, string)[] headers)
        {
            using var answer = await client.PostAsync(path, fields, headers);
            Assert.Equal(status, answer.StatusCode);
        }
    }

    [GeneratedRegex("name=\"signature\" value=\"([^\"]+)\"")]
    private static partial Regex Signature();

    // An article of its own for each test, with comments.
    private async Task CommentedAsync(int comments)
    {
        var account = await SiteAccount.RegisterAsync("comments");
        _content = $"https://articles.example/{account.Username}";
        for (var number = 1; number <= comments; number++)
        {
            using var comment = await account.Http.PostAsJsonAsync(
                "/api/v1/content/comments?id=" + Uri.EscapeDataString(_content), new AddCommentRequest { Text = $"A comment from elsewhere {number}" }, Wire.Json);
            await comment.ShouldSucceed();
        }
    }
}
