using Microsoft.Playwright;
using Pamps.ApiService.Contracts;

namespace Pamps.Tests.Web;

/// <summary>The stories of a social place, each with and without scripts, on desktop and phone.</summary>
public sealed class StoryTests
{
    public static TheoryData<Look> Looks => [new Look(), new Look(Scripts: false), new Look(Phone: true), new Look(Phone: true, Scripts: false)];

    [Theory]
    [MemberData(nameof(Looks), DisableDiscoveryEnumeration = true)]
    public async Task Liking_bookmarking_answering_and_finding_it_again(Look look)
    {
        var writer = await SiteAccount.RegisterAsync("story");
        var word = $"word{writer.Username.Replace("_", "", StringComparison.Ordinal)}";
        await writer.PostAsync($"A story with {word} and a #{word}tag in it.");
        await using var visitor = await (await SiteAccount.RegisterAsync("story")).ArriveAsync(look);
        var page = visitor.Page;
        await visitor.GoAsync($"/search?q={word}");
        var post = visitor.PostWith(word).First;

        await PressAsync(post.Locator(".like"));
        await PressAsync(post.Locator(".mark"));
        await post.GetByRole(AriaRole.Link, new() { Name = "Reply" }).ClickAsync();
        await page.GetByLabel("Text of the reply").FillAsync("An answer to the story.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Reply", Exact = true }).ClickAsync();
        await Assertions.Expect(visitor.PostWith("An answer to the story.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "1 reply" })).ToBeVisibleAsync();

        foreach (var list in (string[])["/bookmarks", "/likes", $"/tags/{word}tag", $"/@{writer.Username}"])
        {
            await visitor.GoAsync(list);
            await Assertions.Expect(visitor.PostWith(word)).ToBeVisibleAsync();
            await Assertions.Expect(visitor.PostWith(word).Locator(".like")).ToHaveAttributeAsync("aria-pressed", "true");
        }

        await visitor.GoAsync($"/@{visitor.Username}/replies");
        await Assertions.Expect(visitor.PostWith("An answer to the story.")).ToBeVisibleAsync();
        await visitor.GoAsync("/bookmarks");
        await page.RunAndWaitForResponseAsync(() => visitor.PostWith(word).Locator(".mark").ClickAsync(), response => response.Request.Method == "POST");
        await visitor.GoAsync("/bookmarks");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Nothing saved yet" })).ToBeVisibleAsync();
        Assert.Empty(visitor.Troubles);

        async Task PressAsync(ILocator button)
        {
            await page.RunAndWaitForResponseAsync(() => button.ClickAsync(), response => response.Request.Method == "POST");
            await page.WaitForLoadStateAsync();
            await Assertions.Expect(button).ToHaveAttributeAsync("aria-pressed", "true");
        }
    }

    [Theory]
    [MemberData(nameof(Looks), DisableDiscoveryEnumeration = true)]
    public async Task Writing_editing_and_deleting(Look look)
    {
        await using var visitor = await (await SiteAccount.RegisterAsync("story")).ArriveAsync(look);
        var page = visitor.Page;
        await visitor.PostAsync("A story about to change.");
        await visitor.GoAsync($"/@{visitor.Username}");
        await visitor.PostWith("A story").Locator(".post-menu summary").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Edit", Exact = true }).ClickAsync();
        await page.GetByLabel("Text of the post").FillAsync("A story that has changed.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await visitor.PostWith("A story that has changed.").GetByRole(AriaRole.Link, new() { Name = "edited" }).ClickAsync();
        await Assertions.Expect(page.GetByText("A story about to change.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("A story that has changed.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Back to the post" }).ClickAsync();
        await page.Locator(".main-post .post-menu summary").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Delete" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Your first post is waiting" })).ToBeVisibleAsync();
        Assert.Empty(visitor.Troubles);
    }

    [Theory]
    [MemberData(nameof(Looks), DisableDiscoveryEnumeration = true)]
    public async Task Following_and_being_told(Look look)
    {
        var fan = await SiteAccount.RegisterAsync("fan");
        var star = await SiteAccount.RegisterAsync("star");
        await fan.FollowAsync(star);
        var post = await star.PostAsync("Hello, fans.");
        await fan.PutAsync($"/api/v1/posts/{post.Id}/like");
        await fan.PostAsync("Hello back.", post);
        await Eventually.Be(() => star.GetAsync<Page<NotificationResponse>>("/api/v1/notifications"), told => told.Items.Count == 3);
        await using var visitor = await star.ArriveAsync(look);
        var page = visitor.Page;

        await visitor.GoAsync("/notifications");

        foreach (var what in (string[])["now follows you", "liked your post", "replied to you"])
        {
            await Assertions.Expect(page.GetByText(what)).ToBeVisibleAsync();
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Mark all as read" }).ClickAsync();
        await Assertions.Expect(page.Locator(".unread")).ToHaveCountAsync(0);
        await visitor.GoAsync($"/@{star.Username}/followers");
        await page.Locator("main .people").GetByRole(AriaRole.Link, new() { Name = fan.Username }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = $"Follow @{fan.Username}" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = $"Follow @{fan.Username}" })).ToHaveAttributeAsync("aria-pressed", "true");
        await Assertions.Expect(page.GetByText("1 follower", new() { Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Follows you", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Empty(visitor.Troubles);
    }

    [Theory]
    [MemberData(nameof(Looks), DisableDiscoveryEnumeration = true)]
    public async Task A_long_conversation_is_shown_three_levels_deep_and_goes_on(Look look)
    {
        var demo = await DemoSite.GetAsync();
        await using var visitor = await demo.ArriveAsync(look, Who.Stranger);
        var page = visitor.Page;
        await visitor.GoAsync($"/posts/{demo.Ids["thread"]}");
        await Assertions.Expect(visitor.PostWith("An answer at depth 3.")).ToBeVisibleAsync();
        await Assertions.Expect(visitor.PostWith("An answer at depth 4.")).ToHaveCountAsync(0);
        await Assertions.Expect(visitor.PostWith("This post was deleted.")).ToBeVisibleAsync();
        await Assertions.Expect(visitor.PostWith("An answer to what goes away.")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Continue this thread" }).ClickAsync();

        await Assertions.Expect(page.Locator(".main-post")).ToContainTextAsync("An answer at depth 3.");
        await Assertions.Expect(page.Locator(".main-post")).ToBeInViewportAsync();
        await Assertions.Expect(page.Locator(".ancestor")).ToHaveCountAsync(3);
        await Assertions.Expect(visitor.PostWith("An answer at depth 5.")).ToBeVisibleAsync();
        Assert.Empty(visitor.Troubles);
    }

    [Theory]
    [MemberData(nameof(Looks), DisableDiscoveryEnumeration = true)]
    public async Task A_stranger_who_wants_to_do_something_signs_in_and_is_back(Look look)
    {
        var writer = await SiteAccount.RegisterAsync("story");
        var post = await writer.PostAsync("Like me, stranger.");
        var account = await SiteAccount.RegisterAsync("story");
        await using var visitor = await SiteVisitor.ArriveAsync(look);
        var page = visitor.Page;
        await visitor.GoAsync($"/@{writer.Username}");

        await page.Locator(".post .like").ClickAsync();
        await page.GetByLabel("User name").FillAsync(account.Username);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(account.Registration.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();

        await page.WaitForURLAsync(url => url.EndsWith($"/posts/{post.Id}", StringComparison.Ordinal));
        await Assertions.Expect(page.Locator(".main-post button.like")).ToBeVisibleAsync();
        Assert.Empty(visitor.Troubles);
    }
}
