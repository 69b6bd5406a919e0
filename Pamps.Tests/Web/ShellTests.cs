using Microsoft.Playwright;

namespace Pamps.Tests.Web;

/// <summary>What is around every page: landmarks, the way past them, colours from the first moment, and how little script it takes.</summary>
public sealed class ShellTests
{
    // Before compression, in bytes: everything a page of posts loads.
    private const int ScriptBudget = 40_000;

    [Theory]
    [InlineData("/", Who.Stranger)]
    [InlineData("/", Who.Member)]
    [InlineData("/search?q=a", Who.Stranger)]
    [InlineData("/settings/appearance", Who.Member)]
    [InlineData("/billing", Who.BillingOperator)]
    public async Task Every_page_has_its_landmarks_and_a_way_past_them(string path, object who)
    {
        await using var visitor = await (await DemoSite.GetAsync()).ArriveAsync(new Look(), (Who)who);
        await visitor.GoAsync(path);
        foreach (var landmark in (AriaRole[])[AriaRole.Banner, AriaRole.Main, AriaRole.Complementary, AriaRole.Contentinfo])
        {
            await Assertions.Expect(visitor.Page.GetByRole(landmark)).ToHaveCountAsync(1);
        }

        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Navigation).First).ToBeVisibleAsync();
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveCountAsync(1);
        await Assertions.Expect(visitor.Page.Locator("[aria-live]")).ToHaveCountAsync(1);
        await Assertions.Expect(visitor.Page.Locator("[aria-live=polite][role=status]")).ToHaveCountAsync(1);
        Assert.Contains("Pamps", await visitor.Page.TitleAsync(), StringComparison.Ordinal);

        await visitor.Page.Locator("body").EvaluateAsync("() => document.activeElement.blur()");
        await visitor.Page.Keyboard.PressAsync("Tab");
        var skip = visitor.Page.Locator(".skip");
        await Assertions.Expect(skip).ToBeFocusedAsync();
        await Assertions.Expect(skip).ToBeInViewportAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(visitor.Page.Locator("main")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_feed_is_read_in_order_by_who_listens()
    {
        await using var visitor = await SiteVisitor.ArriveAsync();
        await visitor.GoAsync("/public");

        var flaws = await visitor.Page.EvaluateAsync<string[]>("""
            () => {
                const feed = document.querySelector('[role="feed"]');
                const flaws = feed?.getAttribute('aria-label') || feed?.getAttribute('aria-labelledby') ? [] : ['the feed has no name'];
                const posts = [...feed.querySelectorAll(':scope > article')];
                if (!posts.length) flaws.push('no posts');
                posts.forEach((post, index) => {
                    if (post.tabIndex !== 0) flaws.push(`${post.id} cannot be reached`);
                    if (post.getAttribute('aria-posinset') !== String(index + 1) || post.getAttribute('aria-setsize') !== '-1') flaws.push(`${post.id} does not know its place`);
                    for (const name of ['aria-labelledby', 'aria-describedby']) {
                        for (const id of (post.getAttribute(name) ?? '-').split(' ')) if (!document.getElementById(id)) flaws.push(`${post.id} ${name} ${id}`);
                    }
                    const order = ['.post-author', '.post-text', '.post-actions'].map(part => post.querySelector(part));
                    for (let part = 1; part < order.length; part++) {
                        if (!(order[part - 1].compareDocumentPosition(order[part]) & Node.DOCUMENT_POSITION_FOLLOWING)) flaws.push(`${post.id} is out of order`);
                    }
                });
                return flaws;
            }
            """);

        Assert.Empty(flaws);
    }

    [Theory]
    [InlineData("dark", false)]
    [InlineData("light", true)]
    public async Task A_chosen_colour_is_there_before_any_script(string theme, bool systemIsDark)
    {
        await using var visitor = await SiteVisitor.ArriveAsync(new Look(Dark: systemIsDark, Scripts: false));
        await visitor.Page.Context.AddCookiesAsync([new() { Name = "theme", Value = theme, Url = (await AppModel.SiteAsync()).Web.ToString() }]);
        using var client = await SiteClient.ConnectAsync(visitor);

        Assert.Contains($"data-theme=\"{theme}\"", await client.ReadAsync("/about"), StringComparison.Ordinal);
        await visitor.GoAsync("/about");

        var red = await visitor.Page.Locator("body").EvaluateAsync<int>("body => Number(getComputedStyle(body).backgroundColor.match(/\\d+/)[0])");
        Assert.Equal(theme == "dark", red < 128);
    }

    [Theory]
    [InlineData("en-US")]
    [InlineData("pt-BR")]
    public async Task The_ways_in_stay_on_one_line_of_a_narrow_phone_with_wide_letters(string language)
    {
        await using var visitor = await SiteVisitor.ArriveAsync(new Look(Phone: true, Language: language));
        await visitor.Page.SetViewportSizeAsync(320, 640);
        await visitor.GoAsync("/");
        await visitor.Page.EvaluateAsync("() => { const wide = new CSSStyleSheet(); wide.replaceSync('* { letter-spacing: .08em !important; }'); document.adoptedStyleSheets = [wide]; }");

        var join = visitor.Page.Locator(".bar-sign .button:not(.quiet)");

        Assert.Equal(1, await join.EvaluateAsync<int>("button => { const words = document.createRange(); words.selectNodeContents(button); return words.getClientRects().length; }"));
        Assert.True(await visitor.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0);
    }

    [Fact]
    public async Task Scripts_stay_small_and_come_from_here()
    {
        await using var visitor = await (await DemoSite.GetAsync()).ArriveAsync(new Look(), Who.Member);
        await visitor.GoAsync("/");
        await visitor.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        var scripts = await visitor.Page.EvaluateAsync<Script[]>("""
            () => performance.getEntriesByType('resource').filter(entry => /\.js(\?|$)/.test(entry.name)).map(entry => ({ name: entry.name, size: entry.decodedBodySize }))
            """);

        Assert.True(scripts.Length > 5, $"{scripts.Length} scripts");
        Assert.All(scripts, script => Assert.True(script.Size > 0, script.Name));
        var site = (await AppModel.SiteAsync()).Web;
        Assert.All(scripts, script => Assert.Equal(site.Authority, new Uri(script.Name).Authority));
        Assert.InRange(scripts.Sum(script => script.Size), 1, ScriptBudget);
        // What only files of debts need is loaded only there.
        Assert.DoesNotContain(scripts, script => script.Name.Contains("imports", StringComparison.Ordinal));
    }

    private sealed record Script
    {
        public string Name { get; init; } = "";

        public int Size { get; init; }
    }
}
