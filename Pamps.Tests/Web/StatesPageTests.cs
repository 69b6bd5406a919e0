using Microsoft.Playwright;

namespace Pamps.Tests.Web;

/// <summary>What pages look like while something goes on: open menus and dialogs, forms with mistakes, messages, nothing to show yet.</summary>
public sealed class StatesPageTests : IAsyncLifetime
{
    private SiteVisitor _visitor = null!;
    private SiteAccount _account = null!;

    private IPage Page => _visitor.Page;

    public async Task InitializeAsync()
    {
        _account = await SiteAccount.RegisterAsync("state", "Beatriz");
        _visitor = await _account.ArriveAsync();
    }

    public async Task DisposeAsync() => await _visitor.DisposeAsync();

    [Fact]
    public async Task Forms_with_mistakes_are_sound()
    {
        await using var stranger = await SiteVisitor.ArriveAsync();
        await stranger.GoAsync("/register");
        await stranger.Page.EvaluateAsync("() => { document.querySelector('main form').noValidate = true; }");
        await stranger.Page.GetByLabel("User name").FillAsync(_account.Username);
        await stranger.Page.GetByLabel("E-mail").FillAsync("nowhere");
        await stranger.Page.GetByLabel("Password", new() { Exact = true }).FillAsync("short");
        await stranger.Page.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();
        await Assertions.Expect(stranger.Page.GetByRole(AriaRole.Alert)).ToBeFocusedAsync();
        var email = stranger.Page.GetByLabel("E-mail");
        await Assertions.Expect(email).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(email).ToHaveValueAsync("nowhere");
        await Assertions.Expect(stranger.Page.GetByLabel("Password", new() { Exact = true })).ToHaveValueAsync("");
        await AssertSoundAsync("state-form-mistakes", stranger);

        await stranger.GoAsync("/sign-in");
        await stranger.Page.GetByLabel("User name").FillAsync(_account.Username);
        await stranger.Page.GetByLabel("Password", new() { Exact = true }).FillAsync("not the password");
        await stranger.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Assertions.Expect(stranger.Page.GetByRole(AriaRole.Alert)).ToBeFocusedAsync();
        await AssertSoundAsync("state-sign-in-mistake", stranger);
    }

    [Fact]
    public async Task A_text_that_is_too_long_is_sound()
    {
        await _visitor.GoAsync("/compose");
        await Page.GetByLabel("Text of the post").FillAsync(new string('x', 520));
        await Assertions.Expect(Page.Locator("[data-counter]")).ToHaveTextAsync("-20");
        await Page.Locator("[data-send]").ClickAsync();
        await Assertions.Expect(Page.GetByRole(AriaRole.Alert)).ToBeFocusedAsync();

        await AssertSoundAsync("state-too-long");
    }

    [Fact]
    public async Task Menus_and_dialogs_are_sound()
    {
        // More than one, so that the menu covers no link of the page's foot by half.
        await _account.PostManyAsync(6, "A post with a menu");
        await _visitor.GoAsync($"/@{_account.Username}");
        await Page.Locator(".post-menu summary").First.ClickAsync();
        await Assertions.Expect(Page.GetByRole(AriaRole.Link, new() { Name = "Delete" }).First).ToBeVisibleAsync();
        Assert.NotEqual("none", await Page.Locator(".post-menu .menu-list").First.EvaluateAsync<string>("menu => getComputedStyle(menu).boxShadow"));
        await AssertSoundAsync("state-post-menu");
        await Page.Locator(".account-menu summary").ClickAsync();
        await Assertions.Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" })).ToBeVisibleAsync();
        await AssertSoundAsync("state-account-menu");
        await Page.Keyboard.PressAsync("Escape");
        await Page.Keyboard.PressAsync("?");
        await Assertions.Expect(Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await AssertSoundAsync("state-shortcuts");
    }

    [Fact]
    public async Task Suggestions_while_typing_are_sound()
    {
        await _visitor.GoAsync("/compose");
        await Page.GetByLabel("Text of the post").PressSequentiallyAsync($"Hi @{_account.Username[..4]}");
        await Assertions.Expect(Page.Locator(".suggest [role=option]").First).ToBeVisibleAsync();

        await AssertSoundAsync("state-suggestions");
    }

    [Fact]
    public async Task Messages_are_sound()
    {
        await _account.PostAsync("Soon deleted.");
        await _visitor.GoAsync($"/@{_account.Username}");
        await Page.Locator(".post-menu summary").ClickAsync();
        await Page.Locator("[data-delete]").ClickAsync();
        // Focus on the message keeps it there while it is looked at.
        await Page.Locator(".toast button").FocusAsync();
        await AssertSoundAsync("state-toast");

        await Page.Context.SetOfflineAsync(true);
        await Assertions.Expect(Page.Locator(".offline")).ToBeVisibleAsync();
        await AssertSoundAsync("state-offline");
        await Page.Context.SetOfflineAsync(false);
        await Assertions.Expect(Page.Locator(".offline")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_new_key_is_shown_soundly()
    {
        await _visitor.GoAsync("/settings/api-keys");
        await Page.GetByLabel("Name").FillAsync("A program of mine");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Create key" }).ClickAsync();
        await Assertions.Expect(Page.GetByLabel("The new key")).ToBeVisibleAsync();

        await AssertSoundAsync("state-new-key");
    }

    [Theory]
    [InlineData("/", "home", "See what everyone writes")]
    [InlineData("/notifications", "notifications", null)]
    [InlineData("/bookmarks", "bookmarks", null)]
    [InlineData("/likes", "likes", null)]
    [InlineData("/@{me}", "own-profile", "Write")]
    [InlineData("/@{me}/followers", "followers", null)]
    public async Task Where_nothing_is_yet_the_page_says_what_to_do(string path, string name, string? action)
    {
        await _visitor.GoAsync(path.Replace("{me}", _account.Username, StringComparison.Ordinal));

        var notice = Page.Locator("main .empty");
        await Assertions.Expect(notice.GetByRole(AriaRole.Heading)).ToBeVisibleAsync();
        await Assertions.Expect(notice.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        if (action is not null)
        {
            await Assertions.Expect(notice.GetByRole(AriaRole.Link, new() { Name = action })).ToBeVisibleAsync();
        }

        await AssertSoundAsync("state-empty-" + name);
    }

    [Fact]
    public async Task An_interrupted_form_is_shown_soundly()
    {
        await _visitor.GoAsync("/compose");
        await Page.GetByLabel("Text of the post").FillAsync("Interrupted words.");
        // The sign-in changed in another tab: the token of this page is stale.
        await Page.EvaluateAsync("() => { document.querySelector('form[data-composer] [name=__RequestVerificationToken]').value = 'of another session'; }");
        await Page.Locator("[data-send]").ClickAsync();
        await Page.WaitForURLAsync(url => url.Contains("/resume/", StringComparison.Ordinal));
        await Assertions.Expect(Page.Locator("textarea[name=text]")).ToHaveValueAsync("Interrupted words.");
        await AssertSoundAsync("state-resume");

        await Page.GetByRole(AriaRole.Button, new() { Name = "Send now" }).ClickAsync();

        await Assertions.Expect(_visitor.PostWith("Interrupted words.")).ToBeVisibleAsync();
    }

    private async Task AssertSoundAsync(string picture, SiteVisitor? visitor = null)
    {
        var found = await Soundness.InAllLooksAsync(visitor ?? _visitor, picture);
        // Being offline is what one of the tests is about.
        Assert.Equal([], found.Where(what => !what.Contains("ERR_INTERNET_DISCONNECTED", StringComparison.Ordinal)));
        await (visitor ?? _visitor).Page.SetViewportSizeAsync(1280, 900);
    }
}
