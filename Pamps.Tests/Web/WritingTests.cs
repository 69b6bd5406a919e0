using Microsoft.Playwright;

namespace Pamps.Tests.Web;

/// <summary>Whoever writes loses nothing: not by a mistake, an outage, a reload or an ended session.</summary>
public sealed class WritingTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Text_survives_the_end_of_the_session(bool scripts)
    {
        await using var visitor = await SiteVisitor.ArriveAsync(new Look(Scripts: scripts));
        var registration = await visitor.RegisterAsync("keeper");
        await visitor.GoAsync("/compose");
        await visitor.Page.GetByLabel("Text of the post").FillAsync("words that survive");
        await visitor.Page.Context.ClearCookiesAsync(new() { Name = "session" });

        await Send(visitor).ClickAsync();
        if (scripts)
        {
            // The text stays where it is, and the draft of the browser brings it back after signing in.
            await Assertions.Expect(visitor.Page.Locator(".toast")).ToBeVisibleAsync();
            await visitor.Page.Locator(".toast button").ClickAsync();
        }

        await visitor.Page.WaitForURLAsync(url => url.Contains("/sign-in", StringComparison.Ordinal));
        await visitor.Page.Locator("input[name=username]").FillAsync(registration.Username);
        await visitor.Page.Locator("input[name=password]").FillAsync(registration.Password);
        await visitor.Page.Locator("main form[method=post] button[type=submit]").ClickAsync();
        await Assertions.Expect(visitor.Page.Locator("textarea[name=text]")).ToHaveValueAsync("words that survive");
        await visitor.Page.Locator("main form[method=post] button[type=submit]").ClickAsync();

        await Assertions.Expect(visitor.PostWith("words that survive")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_text_that_is_too_long_stays_and_is_explained(bool scripts)
    {
        await using var visitor = await SiteVisitor.ArriveAsync(new Look(Scripts: scripts));
        await visitor.RegisterAsync("long");
        await visitor.GoAsync("/compose");
        var text = new string('z', 501);
        await visitor.Page.GetByLabel("Text of the post").FillAsync(text);

        await Send(visitor).ClickAsync();

        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToBeFocusedAsync();
        await Assertions.Expect(visitor.Page.GetByLabel("Text of the post")).ToHaveValueAsync(text);
    }

    [Fact]
    public async Task A_draft_is_there_after_going_away_and_gone_after_sending()
    {
        await using var visitor = await SiteVisitor.ArriveAsync();
        await visitor.RegisterAsync("draft");
        await visitor.GoAsync("/");
        await visitor.Page.GetByLabel("Text of the post").FillAsync("half a thought");
        await visitor.GoAsync("/public");

        await visitor.GoAsync("/");

        await Assertions.Expect(visitor.Page.GetByLabel("Text of the post")).ToHaveValueAsync("half a thought");
        await visitor.Page.GetByLabel("Text of the post").PressAsync("Control+Enter");
        await Assertions.Expect(visitor.PostWith("half a thought")).ToBeVisibleAsync();
        await Assertions.Expect(visitor.Page.GetByLabel("Text of the post")).ToHaveValueAsync("");
        Assert.Empty(visitor.Troubles);
    }

    [Fact]
    public async Task The_counter_counts_what_people_see_and_a_link_as_a_fixed_number()
    {
        await using var visitor = await SiteVisitor.ArriveAsync();
        await visitor.RegisterAsync("count");
        await visitor.GoAsync("/compose");

        await visitor.Page.GetByLabel("Text of the post").FillAsync("👨‍👩‍👧‍👦👍🏽 https://example.org/" + new string('x', 100));

        await Assertions.Expect(visitor.Page.Locator("[data-counter]")).ToHaveTextAsync((500 - 2 - 1 - 23).ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_failure_of_the_site_keeps_the_text_and_sending_works_again()
    {
        await using var visitor = await SiteVisitor.ArriveAsync();
        await visitor.RegisterAsync("outage");
        await visitor.GoAsync("/compose");
        await visitor.Page.RouteAsync("**/compose", route => route.AbortAsync());
        await visitor.Page.GetByLabel("Text of the post").FillAsync("still here");
        await Send(visitor).ClickAsync();
        await Assertions.Expect(visitor.Page.Locator(".toast")).ToBeVisibleAsync();
        await Assertions.Expect(visitor.Page.GetByLabel("Text of the post")).ToHaveValueAsync("still here");

        await visitor.Page.UnrouteAsync("**/compose");
        await Send(visitor).ClickAsync();

        await Assertions.Expect(visitor.PostWith("still here")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_deleted_post_comes_back_by_undo()
    {
        await using var visitor = await SiteVisitor.ArriveAsync();
        await visitor.RegisterAsync("undo");
        await visitor.PostAsync("not for long");
        await visitor.GoAsync("/");
        var post = visitor.PostWith("not for long");
        await post.Locator(".post-menu summary").ClickAsync();

        await post.Locator("[data-delete]").ClickAsync();
        await Assertions.Expect(post).ToBeHiddenAsync();
        await visitor.Page.Locator(".toast button").ClickAsync();

        await Assertions.Expect(post).ToBeVisibleAsync();
        await visitor.Page.ReloadAsync();
        await Assertions.Expect(visitor.PostWith("not for long")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Without_scripts_deleting_asks_on_a_page_of_its_own()
    {
        await using var visitor = await SiteVisitor.ArriveAsync(new Look(Scripts: false));
        await visitor.RegisterAsync("plain");
        await visitor.PostAsync("soon gone");
        var address = await visitor.PostWith("soon gone").Locator("[data-delete]").GetAttributeAsync("href");
        await visitor.GoAsync(address!);

        await visitor.Page.Locator("main form[method=post] button[type=submit]").ClickAsync();

        await visitor.Page.WaitForURLAsync(url => url.Contains("/@", StringComparison.Ordinal));
        await Assertions.Expect(visitor.PostWith("soon gone")).ToHaveCountAsync(0);
    }

    private static ILocator Send(SiteVisitor visitor) => visitor.Page.Locator("[data-send]");
}
