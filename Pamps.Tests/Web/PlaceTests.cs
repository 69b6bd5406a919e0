using Microsoft.Playwright;

namespace Pamps.Tests.Web;

/// <summary>The complaint about every peer is losing one's place. Here it is kept: by Back from the browser's memory, by Back without it, and by a reload.</summary>
public sealed class PlaceTests : IAsyncLifetime
{
    private static readonly Lazy<Task<SiteAccount>> LongList = new(WriteAsync);

    private SiteAccount _writer = null!;

    public async Task InitializeAsync() => _writer = await LongList.Value;

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Back_restores_the_list_the_place_and_the_focused_post(bool cached)
    {
        await using var visitor = await SiteVisitor.ArriveAsync(whole: cached);
        await visitor.GoAsync($"/@{_writer.Username}");
        // A window that another one holds on to is not kept by the back/forward cache.
        var page = cached ? visitor.Page : await visitor.Page.RunAndWaitForPopupAsync(() => visitor.Page.EvaluateAsync("() => { window.held = open(location.href); }"));
        await page.EvaluateAsync("() => { window.before = true; addEventListener('pageshow', event => { window.persisted = event.persisted; }); }");

        var post = page.Locator(".feed .post").Nth(33);
        await ReachAsync(page, 34);
        await post.FocusAsync();
        await post.ScrollIntoViewIfNeededAsync();
        var (id, top) = (await post.GetAttributeAsync("id"), (await post.BoundingBoxAsync())!.Y);
        await page.Keyboard.PressAsync("o");
        await page.WaitForURLAsync(url => url.Contains("/posts/", StringComparison.Ordinal));

        await page.GoBackAsync(new() { WaitUntil = WaitUntilState.Commit });

        // The element alone: some versions of Chromium say of a page kept by the cache that its window has no focus.
        await page.WaitForFunctionAsync("id => document.activeElement?.id === id", id);
        await Assertions.Expect(page.Locator($"#{id}")).ToBeInViewportAsync();
        Assert.Equal(cached, await page.EvaluateAsync<bool>("() => window.before === true"));
        Assert.Equal(cached, await page.EvaluateAsync<bool>("() => window.persisted === true"));
        var now = await Eventually.Be(async () => (await page.Locator($"#{id}").BoundingBoxAsync())!.Y, y => Math.Abs(y - top) < 40);
        Assert.InRange(now - top, -40, 40);
        Assert.Empty(visitor.Troubles);
    }

    [Fact]
    public async Task A_reload_restores_by_post()
    {
        await using var visitor = await SiteVisitor.ArriveAsync();
        var page = visitor.Page;
        await visitor.GoAsync($"/@{_writer.Username}");
        await ReachAsync(page, 34);
        await page.Locator(".feed .post").Nth(33).EvaluateAsync("post => post.scrollIntoView({ block: 'start', behavior: 'instant' })");
        // Until the page has noted the post that is at its top now.
        var id = await (await page.WaitForFunctionAsync("""
            () => {
                const edge = document.querySelector('.bar').getBoundingClientRect().bottom + 8;
                const top = [...document.querySelectorAll('.feed .post')].find(post => post.getBoundingClientRect().bottom > edge);
                return history.state?.top?.id === top?.id && scrollY > 1000 && top?.id;
            }
            """)).JsonValueAsync<string>();

        await page.ReloadAsync();

        await Assertions.Expect(page.Locator($"#{id}")).ToBeInViewportAsync();
        Assert.Empty(visitor.Troubles);
    }

    [Fact]
    public async Task Back_without_scripts_is_the_browsers()
    {
        await using var visitor = await SiteVisitor.ArriveAsync(new Look(Scripts: false));
        await visitor.GoAsync($"/@{_writer.Username}?max_id=999999999999");
        var post = visitor.Page.Locator(".feed .post").Nth(12);
        await post.Locator(".post-time").ClickAsync();
        await visitor.Page.WaitForURLAsync(url => url.Contains("/posts/", StringComparison.Ordinal));

        await visitor.Page.GoBackAsync(new() { WaitUntil = WaitUntilState.Commit });

        await Assertions.Expect(post).ToBeInViewportAsync();
    }

    [Fact]
    public async Task The_list_grows_three_times_by_itself_and_then_waits()
    {
        await using var visitor = await SiteVisitor.ArriveAsync();
        var page = visitor.Page;
        await visitor.GoAsync($"/@{_writer.Username}");
        await page.EvaluateAsync("() => { window.shift = 0; new PerformanceObserver(list => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value; }).observe({ type: 'layout-shift', buffered: true }); }");
        var posts = page.Locator(".feed .post");
        foreach (var grown in (int[])[40, 60, 80])
        {
            // As a reader scrolls: the list grows before its end is in sight.
            await Eventually.Be(
                async () =>
                {
                    if (await page.Locator("[aria-busy=true]").CountAsync() == 0)
                    {
                        await page.EvaluateAsync("() => { const more = document.querySelector('main [data-more]').getBoundingClientRect().top; if (more > innerHeight + 150) scrollBy({ top: Math.min(400, more - innerHeight - 150), behavior: 'instant' }); }");
                    }

                    return await posts.CountAsync();
                },
                count => count == grown);
        }

        Assert.InRange(await page.EvaluateAsync<double>("() => window.shift"), 0, 0.02);
        await posts.Last.ScrollIntoViewIfNeededAsync();
        var more = page.GetByRole(AriaRole.Link, new() { Name = "Load more" });
        await more.ScrollIntoViewIfNeededAsync();
        // Two frames: an observer would have told by now.
        await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        await Assertions.Expect(posts).ToHaveCountAsync(80);
        await Assertions.Expect(page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);

        await more.FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(posts.Nth(80)).ToBeFocusedAsync();
        Assert.Equal(Enumerable.Range(1, 100), (await posts.EvaluateAllAsync<int[]>("posts => posts.map(post => Number(post.getAttribute('aria-posinset')))")).Take(100));
        Assert.Empty(visitor.Troubles);
    }

    [Fact]
    public async Task The_end_is_said_and_a_page_does_not_grow_for_ever()
    {
        await using var visitor = await SiteVisitor.ArriveAsync();
        var page = visitor.Page;
        await visitor.GoAsync($"/@{_writer.Username}");
        await ReachAsync(page, 120);
        Assert.Equal("auto", await page.Locator(".feed .post").First.EvaluateAsync<string>("post => getComputedStyle(post).contentVisibility"));

        // After 100 appended posts the rest is a page of its own.
        await page.GetByRole(AriaRole.Link, new() { Name = "Load more" }).ClickAsync();

        await page.WaitForURLAsync(url => url.Contains("max_id=", StringComparison.Ordinal));
        await ReachAsync(page, 120);
        await Assertions.Expect(page.GetByText("You have reached the end.")).ToBeVisibleAsync();
        Assert.Empty(visitor.Troubles);
    }

    [Fact]
    public async Task A_page_that_cannot_be_had_keeps_the_list_and_comes_at_the_next_press()
    {
        await using var visitor = await SiteVisitor.ArriveAsync();
        var page = visitor.Page;
        await page.RouteAsync("**/*max_id=*", route => route.FulfillAsync(new() { Status = 503 }));
        await visitor.GoAsync($"/@{_writer.Username}");
        var posts = page.Locator(".feed .post");
        await posts.Last.ScrollIntoViewIfNeededAsync();
        await Assertions.Expect(page.Locator(".toast")).ToBeVisibleAsync();
        await Assertions.Expect(posts).ToHaveCountAsync(20);

        await page.UnrouteAsync("**/*max_id=*");
        await page.GetByRole(AriaRole.Link, new() { Name = "Load more" }).ClickAsync();

        await Assertions.Expect(posts.Nth(39)).ToBeAttachedAsync();
    }

    [Fact]
    public async Task A_slow_page_has_a_placeholder_of_its_height_after_a_third_of_a_second_and_not_before()
    {
        await using var visitor = await SiteVisitor.ArriveAsync();
        var page = visitor.Page;
        // The page's own clock stands still: how fast this machine is does not matter.
        await page.Clock.InstallAsync();
        await visitor.GoAsync($"/@{_writer.Username}");
        await page.WaitForLoadStateAsync();
        var answer = new TaskCompletionSource();
        await page.RouteAsync("**/*max_id=*", async route =>
        {
            await answer.Task;
            await route.ContinueAsync();
        });
        await page.Clock.PauseAtAsync(TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1));
        var placeholder = page.Locator(".feed .placeholder");

        await page.Locator("main [data-more] a").EvaluateAsync("link => link.click()");
        await Assertions.Expect(page.Locator(".feed[aria-busy=true]")).ToHaveCountAsync(1);
        await page.Clock.RunForAsync(299);
        await Assertions.Expect(placeholder).ToHaveCountAsync(0);
        await page.Clock.RunForAsync(1);

        await Assertions.Expect(placeholder).ToHaveCountAsync(1);
        Assert.InRange((await placeholder.BoundingBoxAsync())!.Height, 100, 200);
        answer.SetResult();
        await Assertions.Expect(page.Locator(".feed .post")).ToHaveCountAsync(40);
        await Assertions.Expect(placeholder).ToHaveCountAsync(0);
        Assert.Empty(visitor.Troubles);
    }

    // Scrolls and presses until the list holds so many.
    private static async Task ReachAsync(IPage page, int count)
    {
        var posts = page.Locator(".feed .post");
        await Eventually.Be(
            async () =>
            {
                var more = page.Locator("main [data-more] a");
                if (await page.Locator("[aria-busy=true]").CountAsync() == 0 && await more.CountAsync() > 0 && await posts.CountAsync() < count)
                {
                    await more.EvaluateAsync("link => link.click()");
                }

                return await posts.CountAsync();
            },
            shown => shown >= count);
    }

    private static async Task<SiteAccount> WriteAsync()
    {
        var writer = await SiteAccount.RegisterAsync("prolific");
        await writer.PostManyAsync(240, "A post of many lines,\nso that the list is long:");
        return writer;
    }
}
