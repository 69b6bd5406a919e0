using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Pamps.ApiService.Contracts;

namespace Pamps.Tests.Web;

/// <summary>The API is down, hangs or breaks: the page says so kindly, keeps what was written, and goes on where it was when the API is back.</summary>
[Collection(AppModel.BehindGate)]
[TakesMinutes]
public sealed partial class OutageTests : IAsyncLifetime
{
    private AppModel.Site _site = null!;
    private ApiGate _gate = null!;

    public async Task InitializeAsync()
    {
        (_site, _gate) = await AppModel.GatedSiteAsync();
        _gate.Open();
        // A circuit that the test before has opened closes after seconds.
        using var http = new HttpClient { BaseAddress = _site.Web };
        await Eventually.Be(async () => (await http.GetAsync(new Uri("/public", UriKind.Relative))).StatusCode, status => status == HttpStatusCode.OK);
    }

    public Task DisposeAsync()
    {
        _gate.Open();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("slow")]
    [InlineData("broken")]
    public async Task A_page_says_so_and_comes_back_without_a_reload(string how)
    {
        await using var visitor = await SiteVisitor.ArriveAsync(site: _site);
        Break(how);

        var response = await visitor.GoAsync("/public");

        Assert.Equal(503, response.Status);
        var notice = visitor.Page.Locator("main [data-failure]");
        await Assertions.Expect(notice).ToBeVisibleAsync();
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Navigation, new() { Name = "Main" })).ToBeVisibleAsync();
        Assert.Equal([], await Soundness.InAllLooksAsync(visitor, $"error-503-{how}"));
        await visitor.Page.EvaluateAsync("() => { window.before = true; }");

        _gate.Open();

        await RetryUntilAsync(visitor, visitor.Page.Locator(".feed .post").First);
        Assert.True(await visitor.Page.EvaluateAsync<bool>("() => window.before"));
        await Assertions.Expect(notice).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_session_outlives_its_access_token()
    {
        var reader = await SiteAccount.RegisterAsync("stays");
        _gate.ShortenTokens();
        await using var visitor = await SiteVisitor.ArriveAsync(site: _site);
        await visitor.SignInAsync(reader.Username, reader.Registration.Password);
        var tokens = _gate.Tokens;

        foreach (var address in (string[])["/bookmarks", "/settings/sessions", "/notifications"])
        {
            await visitor.GoAsync(address);
            Assert.EndsWith(address, visitor.Page.Url, StringComparison.Ordinal);
            Assert.True(_gate.Tokens > tokens, "The tokens were not renewed.");
            tokens = _gate.Tokens;
        }
    }

    [Fact]
    public async Task A_session_and_its_forms_belong_to_every_replica()
    {
        var account = await SiteAccount.RegisterAsync("replicas");
        var post = await account.PostAsync("Liked through the other replica.");
        await using var visitor = await account.ArriveAsync();
        using var here = await SiteClient.ConnectAsync(visitor);
        using var there = await SiteClient.ConnectAsync(visitor, site: _site);
        Assert.Contains("/sign-out", await there.ReadAsync("/bookmarks"), StringComparison.Ordinal);
        var token = Token().Match(await here.ReadAsync("/bookmarks")).Groups[1].Value;

        using var liked = await there.PostAsync($"/posts/{post.Id}/like", [("on", "true"), ("returnUrl", "/bookmarks"), ("__RequestVerificationToken", token)]);

        Assert.Equal((HttpStatusCode.SeeOther, "/bookmarks"), (liked.StatusCode, liked.Headers.Location!.OriginalString.Split('#')[0]));
        Assert.Equal(1, (await account.GetAsync<PostResponse>($"/api/v1/posts/{post.Id}")).LikeCount);
    }

    [Fact]
    public async Task An_action_that_broke_is_a_page_with_something_to_look_for_in_the_logs()
    {
        var writer = await SiteAccount.RegisterAsync("outage");
        await writer.PostAsync("Likeable.");
        await using var visitor = await writer.ArriveAsync(site: _site);
        await visitor.GoAsync($"/@{writer.Username}");
        // As without scripts: the button sends its form.
        await visitor.Page.EvaluateAsync("() => addEventListener('click', event => event.stopImmediatePropagation(), true)");
        _gate.Fail();

        var answer = await visitor.Page.RunAndWaitForResponseAsync(() => visitor.Page.Locator(".post .like").ClickAsync(), response => response.Request.Method == "POST");

        Assert.Equal(500, answer.Status);
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Something broke on our side" })).ToBeVisibleAsync();
        await Assertions.Expect(visitor.Page.Locator("main code")).ToHaveTextAsync("00-trace-of-the-test-00");
        Assert.Equal([], await Soundness.InAllLooksAsync(visitor, "error-500"));

        // Trying again begins on the page where it was pressed.
        _gate.Open();
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Try again" }).ClickAsync();
        await RetryUntilAsync(visitor, visitor.PostWith("Likeable."));
    }

    [Theory]
    [InlineData("/posts/1", "desktop")]
    [InlineData("/@ana", "phone")]
    public async Task A_whole_page_that_is_missing_is_an_error_page_with_a_way_on(string path, string device)
    {
        await using var visitor = await SiteVisitor.ArriveAsync(new Look(Phone: device == "phone", Scripts: false), site: _site);
        _gate.Cut();

        var response = await visitor.GoAsync(path);

        Assert.Equal(503, response.Status);
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Pamps is catching its breath" })).ToBeVisibleAsync();
        _gate.Open();
        // Without scripts the way on is the same address again.
        await Eventually.Be(
            async () =>
            {
                var again = visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Try again" });
                if (await again.CountAsync() > 0)
                {
                    await again.ClickAsync();
                }

                return await visitor.Page.Locator("main [data-failure=\"503\"]").CountAsync();
            },
            failures => failures == 0);
    }

    [Theory]
    [InlineData("cut", true)]
    [InlineData("slow", true)]
    [InlineData("answers", true)]
    [InlineData("broken", true)]
    [InlineData("cut", false)]
    [InlineData("answers", false)]
    public async Task A_post_being_written_stays_and_is_published_once(string how, bool scripts)
    {
        var writer = await SiteAccount.RegisterAsync("outage");
        await using var visitor = await writer.ArriveAsync(new Look(Scripts: scripts), _site);
        await visitor.GoAsync("/compose");
        var field = visitor.Page.GetByLabel("Text of the post");
        await field.FillAsync("Written during an outage");
        Break(how);

        await visitor.Page.Locator("[data-send]").ClickAsync();

        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("your text is still here");
        await Assertions.Expect(field).ToHaveValueAsync("Written during an outage");
        _gate.Open();
        await Eventually.Be(
            async () =>
            {
                if (await visitor.Page.Locator("[data-send]:not([aria-disabled])").CountAsync() > 0 && visitor.Page.Url.Contains("/compose", StringComparison.Ordinal))
                {
                    await visitor.Page.Locator("[data-send]").ClickAsync();
                }

                return (await writer.GetAsync<Page<PostResponse>>($"/api/v1/accounts/{writer.Username}/posts")).Items.Count;
            },
            count => count > 0);
        await visitor.Page.WaitForURLAsync(url => url.Contains("/posts/", StringComparison.Ordinal));
        await Assertions.Expect(visitor.PostWith("Written during an outage")).ToBeVisibleAsync();
        Assert.Single((await writer.GetAsync<Page<PostResponse>>($"/api/v1/accounts/{writer.Username}/posts")).Items);
    }

    [Fact]
    public async Task What_is_typed_beside_a_missing_list_stays_when_the_list_comes()
    {
        var writer = await SiteAccount.RegisterAsync("outage");
        await writer.PostAsync("It was here before.");
        await using var visitor = await writer.ArriveAsync(site: _site);
        _gate.Fail();
        await visitor.GoAsync("/");
        await visitor.Page.GetByLabel("Text of the post").FillAsync("Half a sentence");

        _gate.Open();
        await RetryUntilAsync(visitor, visitor.PostWith("It was here before."));

        await Assertions.Expect(visitor.Page.GetByLabel("Text of the post")).ToHaveValueAsync("Half a sentence");
        await Assertions.Expect(visitor.Page.Locator("main [data-failure]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Signing_in_during_an_outage_keeps_the_name_and_works_afterwards()
    {
        var account = await SiteAccount.RegisterAsync("outage");
        await using var visitor = await SiteVisitor.ArriveAsync(site: _site);
        await visitor.GoAsync("/sign-in");
        _gate.Cut();
        await FillAsync();
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToBeFocusedAsync();
        await Assertions.Expect(visitor.Page.GetByLabel("User name")).ToHaveValueAsync(account.Username);

        _gate.Open();

        await Eventually.Be(
            async () =>
            {
                await FillAsync();
                return await visitor.Page.Locator(".account-menu, [role=alert]").First.GetAttributeAsync("class");
            },
            shown => shown!.Contains("account-menu", StringComparison.Ordinal));

        async Task FillAsync()
        {
            await visitor.Page.GetByLabel("User name").FillAsync(account.Username);
            await visitor.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(account.Registration.Password);
            await visitor.Page.RunAndWaitForResponseAsync(
                () => visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync(), response => response.Request.Method == "POST");
            await visitor.Page.WaitForLoadStateAsync();
        }
    }

    [Fact]
    public async Task A_like_that_the_API_refuses_is_taken_back_and_said()
    {
        var writer = await SiteAccount.RegisterAsync("outage");
        await writer.PostAsync("Likeable.");
        await using var visitor = await writer.ArriveAsync(site: _site);
        await visitor.GoAsync($"/@{writer.Username}");
        _gate.Fail();
        var like = visitor.Page.Locator(".post .like");

        await like.ClickAsync();

        await Assertions.Expect(visitor.Page.Locator(".toast")).ToBeVisibleAsync();
        await Assertions.Expect(like).ToHaveAttributeAsync("aria-pressed", "false");
        await Assertions.Expect(like).ToHaveAttributeAsync("aria-label", "Like, 0 likes");
    }

    [Fact]
    public async Task A_stream_that_broke_brings_what_was_missed()
    {
        var (reader, writer) = (await SiteAccount.RegisterAsync("outage"), await SiteAccount.RegisterAsync("outage"));
        await reader.FollowAsync(writer);
        await writer.PostAsync("Before the outage.");
        await Eventually.Be(() => reader.GetAsync<Page<PostResponse>>("/api/v1/feeds/home"), home => home.Items.Count == 1);
        await using var visitor = await reader.ArriveAsync(site: _site);
        await visitor.Page.RunAndWaitForResponseAsync(() => visitor.GoAsync("/"), response => response.Url.Contains("/events", StringComparison.Ordinal));
        await writer.PostAsync("The first news.");
        var pill = visitor.Page.Locator("[data-new]");
        await Assertions.Expect(pill).ToHaveTextAsync("1 new post");

        _gate.Cut();
        await writer.PostAsync("Written while nobody heard.");
        await Eventually.Be(() => reader.GetAsync<Page<PostResponse>>("/api/v1/feeds/home"), home => home.Items.Count == 3);
        _gate.Open();

        await Assertions.Expect(pill).ToHaveTextAsync("2 new posts", new() { Timeout = 60_000 });
        await pill.ClickAsync();
        await Assertions.Expect(visitor.PostWith("Written while nobody heard.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Every_page_has_an_answer_when_nothing_else_has()
    {
        var demo = await DemoSite.GetAsync();
        var answers = new List<(SitePage Page, int Status, string Body)>();
        foreach (var eyes in SitePages.All.GroupBy(page => page.Who))
        {
            await using var visitor = await demo.ArriveAsync(new Look(), eyes.Key);
            using var client = await SiteClient.ConnectAsync(visitor, site: _site);
            _gate.Fail();
            answers.AddRange(await Task.WhenAll(eyes.Select(async page =>
            {
                using var response = await client.GetAsync(demo.AddressOf(page));
                return (page, (int)response.StatusCode, await response.Content.ReadAsStringAsync());
            })));
        }

        Assert.All(answers, answer =>
        {
            Assert.True(answer.Status is 200 or 500 or 503 or 404 or 403, $"{answer.Page}: {answer.Status}");
            Assert.Contains("<main", answer.Body, StringComparison.Ordinal);
            Assert.Contains("<h1", answer.Body, StringComparison.Ordinal);
            // An error of the API is a sentence for people, not a status of the page alone.
            Assert.True(answer.Status < 500 || answer.Body.Contains("data-failure", StringComparison.Ordinal), $"{answer.Page}: no explanation");
            Assert.DoesNotContain("Exception", answer.Body, StringComparison.Ordinal);
        });
        Assert.Contains(answers, answer => answer.Status >= 500);
    }

    private static Task RetryUntilAsync(SiteVisitor visitor, ILocator shown) => Eventually.Be(
        async () =>
        {
            var again = visitor.Page.Locator("a[data-retry]:not([aria-disabled])");
            if (await again.CountAsync() > 0)
            {
                await again.ClickAsync();
            }

            return await shown.CountAsync();
        },
        count => count > 0);

    private void Break(string how)
    {
        switch (how)
        {
            case "cut":
                _gate.Cut();
                break;
            case "slow":
                _gate.Freeze();
                break;
            case "answers":
                _gate.HoldAnswers();
                break;
            default:
                _gate.Fail();
                break;
        }
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
