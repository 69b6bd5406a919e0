using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Pamps.ApiService.Contracts;

namespace Pamps.Tests.Web;

/// <summary>Comments of people without an account on the page of a thread, sent twice, too often or at the wrong moment; <see cref="EmbedTests"/> has those in frames.</summary>
[Collection(AppModel.BehindGate)]
public sealed partial class GuestCommentTests : IAsyncLifetime
{
    private AppModel.Site _site = null!;
    private ApiGate _gate = null!;

    public async Task InitializeAsync()
    {
        (_site, _gate) = await AppModel.GatedSiteAsync();
        _gate.Open();
    }

    public Task DisposeAsync()
    {
        _gate.Open();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_guest_comments_on_the_page_of_the_thread_too(bool scripts)
    {
        var content = AppModel.GuestContent + ApiFixture.Unique("article");
        await using var visitor = await SiteVisitor.ArriveAsync(new Look(Phone: true, Scripts: scripts));
        var page = visitor.Page;
        await visitor.GoAsync("/content?id=" + Uri.EscapeDataString(content));
        await page.GetByLabel("Your name").FillAsync("\u00a0");
        await page.GetByLabel("E-mail address").FillAsync("guest@example.org");
        await page.GetByLabel("Your comment").FillAsync("Said on the page.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Comment", Exact = true }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("#f-authorName-error")).ToContainTextAsync("Say your name");
        await Assertions.Expect(page.GetByRole(AriaRole.Navigation, new() { Name = "Main" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByLabel("Your comment")).ToHaveValueAsync("Said on the page.");
        await page.GetByLabel("Your name").FillAsync("Rui da Costa");
        await page.GetByRole(AriaRole.Button, new() { Name = "Comment", Exact = true }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "your comment is published" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".comment").Filter(new() { HasText = "Rui da Costa" })).ToContainTextAsync("Said on the page.");
        Assert.StartsWith("/content?", new Uri(page.Url).PathAndQuery, StringComparison.Ordinal);
        Assert.Empty(await page.Context.CookiesAsync());
        Assert.Empty(visitor.Troubles);
    }

    [Theory]
    [InlineData("/embed")]
    [InlineData("/content")]
    public async Task A_guest_who_presses_twice_comments_once(string thread)
    {
        var query = "?id=" + Uri.EscapeDataString(AppModel.GuestContent + ApiFixture.Unique("twice"));
        using var client = await SiteClient.ConnectAsync();
        var signature = Signature().Match(await client.ReadAsync(thread + query)).Groups[1].Value;

        // At the same time, as a double press, and once more when the answer seems to have been lost.
        var pressed = await Task.WhenAll(SendAsync("Said once."), SendAsync("Said once."));
        using var again = await SendAsync("Said once.");

        Assert.Contains(pressed, answer => answer.StatusCode == HttpStatusCode.SeeOther);
        Assert.Equal(HttpStatusCode.SeeOther, again.StatusCode);
        Assert.Single(await ListAsync());
        // Other words from the same form are another comment: a cache may have given the form to two people.
        using var other = await SendAsync("Said by somebody else.");
        Assert.Equal(HttpStatusCode.SeeOther, other.StatusCode);
        Assert.Equal(["Said once.", "Said by somebody else."], (await ListAsync()).Select(comment => comment.Text));
        Array.ForEach(pressed, answer => answer.Dispose());

        Task<HttpResponseMessage> SendAsync(string text) =>
            client.PostAsync($"{thread}/guest{query}", [("authorName", "Rui"), ("authorEmail", "rui@example.org"), ("text", text), ("signature", signature)]);

        async Task<IReadOnlyList<CommentResponse>> ListAsync()
        {
            using var http = new HttpClient { BaseAddress = (await AppModel.SiteAsync()).Api };
            using var answer = await http.GetAsync(new Uri("/api/v1/content/comments" + query, UriKind.Relative));
            return (await answer.ShouldBe<Page<CommentResponse>>(HttpStatusCode.OK)).Items;
        }
    }

    [Theory]
    [InlineData(429, ProblemCodes.RateLimited, "That was a lot in a short time")]
    [InlineData(503, ProblemCodes.Unavailable, "your text is still here")]
    public async Task A_guest_whose_comment_is_not_taken_now_keeps_the_words_and_sends_them_later(int status, string code, string said)
    {
        var query = "?id=" + Uri.EscapeDataString(AppModel.GuestContent + ApiFixture.Unique("later"));
        await using var visitor = await SiteVisitor.ArriveAsync(new Look(Scripts: false), site: _site);
        var page = visitor.Page;
        // A circuit that the test before has opened closes after seconds.
        await Eventually.Be(async () => (await visitor.GoAsync("/content" + query)).Status, answered => answered == 200);
        await page.GetByLabel("Your name").FillAsync("Rui da Costa");
        await page.GetByLabel("E-mail address").FillAsync("guest@example.org");
        await page.GetByLabel("Your comment").FillAsync("Said a little later.");
        _gate.Fail(status, code);

        var answer = await page.RunAndWaitForResponseAsync(() => SendAsync(), response => response.Request.Method == "POST");

        Assert.Equal(status, answer.Status);
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync(said);
        await Assertions.Expect(page.GetByLabel("Your name")).ToHaveValueAsync("Rui da Costa");
        await Assertions.Expect(page.GetByLabel("Your comment")).ToHaveValueAsync("Said a little later.");
        _gate.Open();
        var comment = page.Locator(".comment").Filter(new() { HasText = "Said a little later." });
        await Eventually.Be(
            async () =>
            {
                // A circuit that the failures have opened closes after seconds.
                if (await comment.CountAsync() == 0)
                {
                    await SendAsync();
                }

                return await comment.CountAsync();
            },
            count => count == 1);

        Task SendAsync() => page.GetByRole(AriaRole.Button, new() { Name = "Comment", Exact = true }).ClickAsync();
    }

    [GeneratedRegex("name=\"signature\" value=\"([^\"]+)\"")]
    private static partial Regex Signature();
}
