using Microsoft.Playwright;
using Pamps.ApiService.Contracts;

namespace Pamps.Tests.Web;

/// <summary>What happens elsewhere shows up here, and moves nothing under the reader.</summary>
public sealed class LiveTests
{
    // Of what the reader sees; what lies further down takes its height when it comes near.
    private const string Positions = "() => [...document.querySelectorAll('.feed .post')].map(post => Math.round(post.getBoundingClientRect().top)).filter(top => top < innerHeight)";

    [Fact]
    public async Task New_posts_wait_behind_a_pill_that_is_said_and_counted()
    {
        var (reader, writer) = await PairAsync(25);
        await using var visitor = await reader.ArriveAsync();
        var page = visitor.Page;
        await ListenAsync(visitor);
        await page.EvaluateAsync("() => { window.said = []; new MutationObserver(() => { const text = document.getElementById('live').textContent; if (text) window.said.push(text); }).observe(document.getElementById('live'), { childList: true, characterData: true, subtree: true }); }");
        await page.EvaluateAsync("() => scrollTo({ top: 700, behavior: 'instant' })");
        var before = await page.EvaluateAsync<int[]>(Positions);

        await writer.PostAsync("The news of today.");
        var pill = page.Locator("[data-new]");
        await Assertions.Expect(pill).ToHaveTextAsync("1 new post");
        var gone = await writer.PostAsync("Said and taken back.");
        await Assertions.Expect(pill).ToHaveTextAsync("2 new posts");
        await writer.DeleteAsync($"/api/v1/posts/{gone.Id}");
        await Assertions.Expect(pill).ToHaveTextAsync("1 new post");

        Assert.Equal(before, await page.EvaluateAsync<int[]>(Positions));
        await Assertions.Expect(page).ToHaveTitleAsync("(1) Home · Pamps");
        // Not each arrival: one announcement in half a minute.
        Assert.Equal(["1 new post"], (await page.EvaluateAsync<string[]>("() => window.said")).Distinct());
        await page.Keyboard.PressAsync(".");
        await Assertions.Expect(visitor.PostWith("The news of today.")).ToBeFocusedAsync();
        await Assertions.Expect(visitor.PostWith("The news of today.")).ToBeInViewportAsync();
        await Assertions.Expect(page).ToHaveTitleAsync("Home · Pamps");
        await Assertions.Expect(pill).ToHaveCountAsync(0);
        Assert.Empty(visitor.Troubles);
    }

    [Fact]
    public async Task What_was_missed_beyond_a_page_is_a_gap_that_can_be_filled()
    {
        var (reader, writer) = await PairAsync(3);
        await using var visitor = await reader.ArriveAsync();
        await ListenAsync(visitor);
        await writer.PostManyAsync(45, "Missed");
        var page = visitor.Page;
        await Assertions.Expect(page.Locator("[data-new]")).ToHaveTextAsync("45 new posts");

        await page.Locator("[data-new]").ClickAsync();

        var gap = page.Locator(".gap a");
        await Assertions.Expect(gap).ToHaveTextAsync("Load missing posts");
        await Assertions.Expect(page.Locator(".feed .post")).ToHaveCountAsync(23);
        Assert.Equal("gap", await page.Locator(".feed > :nth-child(21)").GetAttributeAsync("class"));
        await gap.ClickAsync();
        await Assertions.Expect(page.Locator(".feed .post")).ToHaveCountAsync(43);
        await Assertions.Expect(gap).ToHaveCountAsync(1);
        await gap.ClickAsync();
        await Assertions.Expect(gap).ToHaveCountAsync(0);
        var texts = await page.Locator(".feed .post-text").AllTextContentsAsync();
        Assert.Equal([.. Enumerable.Range(1, 45).Reverse().Select(number => $"Missed {number}"), "Before 3", "Before 2", "Before 1"], texts);
        Assert.Empty(visitor.Troubles);
    }

    [Fact]
    public async Task What_happens_between_the_page_and_its_stream_is_told_too()
    {
        var (reader, writer) = await PairAsync(1);
        await using var visitor = await reader.ArriveAsync();
        var page = visitor.Page;
        var happened = new TaskCompletionSource();
        await page.RouteAsync("**/events?**", async route =>
        {
            await happened.Task;
            await route.ContinueAsync();
        });
        await visitor.GoAsync("/");
        await writer.PostManyAsync(23, "Early");
        await writer.FollowAsync(reader);
        await Eventually.Be(() => reader.GetAsync<UnreadCountResponse>("/api/v1/notifications/unread-count"), unread => unread.Count == 1);

        happened.SetResult();

        await Assertions.Expect(page.Locator("[data-new]")).ToHaveTextAsync("23 new posts");
        await Assertions.Expect(page.Locator("[data-unread-shown]").First).ToHaveTextAsync("1");
    }

    [Fact]
    public async Task Who_wants_to_sees_new_posts_by_themselves_while_waiting_at_the_top()
    {
        var (reader, writer) = await PairAsync(1);
        await using var visitor = await reader.ArriveAsync();
        await visitor.GoAsync("/settings/appearance");
        await visitor.Page.GetByLabel("Show new posts by themselves").CheckAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(visitor.Page.GetByText("Saved.")).ToBeVisibleAsync();
        await ListenAsync(visitor);

        await writer.PostAsync("It came by itself.");

        await Assertions.Expect(visitor.PostWith("It came by itself.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_notification_is_counted_where_one_is()
    {
        var (reader, fan) = (await SiteAccount.RegisterAsync("live"), await SiteAccount.RegisterAsync("fan"));
        await using var visitor = await reader.ArriveAsync();
        await ListenAsync(visitor);

        await fan.FollowAsync(reader);

        await Assertions.Expect(visitor.Page.Locator("[data-unread]").First).ToBeVisibleAsync();
        await Assertions.Expect(visitor.Page.Locator("[data-unread-shown]").First).ToHaveTextAsync("1");
    }

    [Fact]
    public async Task Ten_tabs_of_one_person_keep_working()
    {
        var (reader, writer) = await PairAsync(1);
        await using var visitor = await reader.ArriveAsync();
        var tabs = new List<IPage> { visitor.Page };
        await ListenAsync(visitor);
        for (var tab = 2; tab <= 10; tab++)
        {
            await HideAsync(tabs[^1], hidden: true);
            var next = await visitor.Page.Context.NewPageAsync();
            // Six connections to a host are all a browser has: a seventh stream would leave none for the page.
            await next.RunAndWaitForResponseAsync(() => next.GotoAsync("/"), response => response.Url.Contains("/events", StringComparison.Ordinal));
            tabs.Add(next);
        }

        await writer.PostAsync("For all tabs.");
        await Assertions.Expect(tabs[^1].Locator("[data-new]")).ToHaveTextAsync("1 new post");
        var like = tabs[^1].Locator(".post .like").First;
        await tabs[^1].RunAndWaitForResponseAsync(() => like.ClickAsync(), response => response.Url.EndsWith("/like", StringComparison.Ordinal) && response.Ok);
        await Assertions.Expect(tabs[0].Locator("[data-new]")).ToHaveCountAsync(0);

        await HideAsync(tabs[^1], hidden: true);
        await HideAsync(tabs[0], hidden: false);

        await Assertions.Expect(tabs[0].Locator("[data-new]")).ToHaveTextAsync("1 new post");
    }

    // Playwright shows every page at once; to the script of the page it is hidden all the same.
    private static Task HideAsync(IPage page, bool hidden) => page.EvaluateAsync(
        "hidden => { Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden }); document.dispatchEvent(new Event('visibilitychange')); }", hidden);

    // The home page with its stream open.
    private static Task ListenAsync(SiteVisitor visitor) => visitor.Page.RunAndWaitForResponseAsync(
        () => visitor.GoAsync("/"), response => response.Url.Contains("/events", StringComparison.Ordinal));

    private static async Task<(SiteAccount Reader, SiteAccount Writer)> PairAsync(int posts)
    {
        var (reader, writer) = (await SiteAccount.RegisterAsync("live"), await SiteAccount.RegisterAsync("news"));
        await reader.FollowAsync(writer);
        await writer.PostManyAsync(posts, "Before");
        await Eventually.Be(() => reader.GetAsync<Page<PostResponse>>("/api/v1/feeds/home?limit=40"), home => home.Items.Count == posts);
        return (reader, writer);
    }
}
