using Microsoft.Playwright;
using Pamps.ApiService.Contracts;
using Pamps.MigrationService;

namespace Pamps.Tests.Web;

/// <summary>Every story by the keyboard alone.</summary>
public sealed class KeyboardTests
{
    [Fact]
    public async Task Registering_signing_out_and_signing_in()
    {
        await using var visitor = await SiteVisitor.ArriveAsync();
        var (page, keyboard) = (visitor.Page, new Keyboard(visitor.Page));
        var registration = new RegisterAccountRequestBuilder().Named(ApiFixture.Unique("keys")).Build();
        await visitor.GoAsync("/register");
        await keyboard.PressAsync("Tab");
        var skip = page.GetByRole(AriaRole.Link, new() { Name = "Skip to content" });
        await Assertions.Expect(skip).ToBeFocusedAsync();
        await Assertions.Expect(skip).ToBeInViewportAsync();
        await keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("main")).ToBeFocusedAsync();

        await keyboard.TypeAsync(page.GetByLabel("User name", new() { Exact = true }), registration.Username);
        await keyboard.TypeAsync(page.GetByLabel("E-mail", new() { Exact = true }), registration.Email);
        await keyboard.TypeAsync(page.GetByLabel("Password", new() { Exact = true }), registration.Password);
        await keyboard.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Show password" }), "Space");
        await Assertions.Expect(page.GetByLabel("Password", new() { Exact = true })).ToHaveAttributeAsync("type", "text");
        await keyboard.AssertFocusAsync();
        await keyboard.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Create account" }));
        await SignOutAsync(visitor, keyboard);

        await keyboard.PressAsync(page.GetByRole(AriaRole.Banner).GetByRole(AriaRole.Link, new() { Name = "Sign in" }));
        await keyboard.TypeAsync(page.GetByLabel("User name"), registration.Username);
        await keyboard.TypeAsync(page.GetByLabel("Password", new() { Exact = true }), registration.Password);
        await keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Locator(".account-menu")).ToBeVisibleAsync();
        Assert.Empty(visitor.Troubles);
    }

    [Fact]
    public async Task Following_liking_bookmarking_opening_and_answering()
    {
        var writer = await SiteAccount.RegisterAsync("written");
        await writer.PostAsync("Somebody wants to answer this.");
        await writer.PostAsync("The newest one.");
        await using var visitor = await (await SiteAccount.RegisterAsync("keys")).ArriveAsync();
        var (page, keyboard) = (visitor.Page, new Keyboard(visitor.Page));
        await visitor.GoAsync($"/@{writer.Username}");

        var follow = page.GetByRole(AriaRole.Button, new() { Name = $"Follow @{writer.Username}" });
        await page.RunAndWaitForResponseAsync(() => keyboard.PressAsync(follow, "Space"), response => response.Url.EndsWith("/follow", StringComparison.Ordinal));
        await Assertions.Expect(follow).ToHaveAttributeAsync("aria-pressed", "true");
        await Assertions.Expect(follow).ToBeFocusedAsync();

        var post = visitor.PostWith("Somebody wants to answer this.");
        await page.WaitForLoadStateAsync();
        await keyboard.PressAsync("j", "j");
        await Assertions.Expect(post).ToBeFocusedAsync();
        await page.RunAndWaitForResponseAsync(() => keyboard.PressAsync("f"), response => response.Url.EndsWith("/like", StringComparison.Ordinal));
        await page.RunAndWaitForResponseAsync(() => keyboard.PressAsync("b"), response => response.Url.EndsWith("/bookmark", StringComparison.Ordinal));
        await Assertions.Expect(post.Locator(".like")).ToHaveAttributeAsync("aria-pressed", "true");
        await Assertions.Expect(post.Locator(".mark")).ToHaveAttributeAsync("aria-pressed", "true");
        await Assertions.Expect(post).ToBeFocusedAsync();
        await keyboard.GoAsync(url => url.Contains("/posts/", StringComparison.Ordinal), "o");
        await Assertions.Expect(page.Locator(".main-post")).ToBeVisibleAsync();
        await keyboard.GoAsync(url => url.Contains("/compose", StringComparison.Ordinal), "r");

        await Assertions.Expect(page.GetByLabel("Text of the reply")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("An answer by keys");
        await keyboard.PressAsync("Control+Enter");

        await Assertions.Expect(visitor.PostWith("An answer by keys")).ToBeVisibleAsync();
        await keyboard.GoAsync(url => url.Contains("/@", StringComparison.Ordinal), "j", "p");
        await keyboard.GoAsync(url => new Uri(url).AbsolutePath == "/", "g", "h");
        Assert.Empty(visitor.Troubles);
    }

    [Fact]
    public async Task Writing_editing_reading_the_history_deleting_and_bringing_back()
    {
        await using var visitor = await (await SiteAccount.RegisterAsync("keys")).ArriveAsync();
        var (page, keyboard) = (visitor.Page, new Keyboard(visitor.Page));
        await keyboard.PressAsync("n");
        await Assertions.Expect(page.GetByLabel("Text of the post")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Written by keys");
        await keyboard.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Post", Exact = true }));
        var post = visitor.PostWith("Written by keys");
        await Assertions.Expect(post).ToBeVisibleAsync();

        await OpenMenuAsync(post, keyboard);
        await keyboard.PressAsync("Escape");
        await Assertions.Expect(post.Locator("summary")).ToBeFocusedAsync();
        await keyboard.PressAsync("Enter");
        await keyboard.PressAsync(post.GetByRole(AriaRole.Link, new() { Name = "Edit", Exact = true }));
        await Assertions.Expect(page.GetByLabel("Text of the post")).ToBeFocusedAsync();
        await keyboard.PressAsync("Control+End");
        await page.Keyboard.TypeAsync(", and edited");
        await keyboard.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Save" }));
        await keyboard.PressAsync(visitor.PostWith("Written by keys, and edited").GetByRole(AriaRole.Link, new() { Name = "edited" }));
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Version 1" })).ToBeVisibleAsync();

        await keyboard.GoAsync(url => new Uri(url).AbsolutePath == "/", "g", "h");
        await OpenMenuAsync(post, keyboard);
        await keyboard.PressAsync(post.GetByRole(AriaRole.Link, new() { Name = "Delete" }));
        await Assertions.Expect(post).ToBeHiddenAsync();
        var undo = page.GetByRole(AriaRole.Button, new() { Name = "Undo" });
        await Assertions.Expect(undo).ToBeFocusedAsync();
        await keyboard.AssertFocusAsync();
        await keyboard.PressAsync("Enter");
        await Assertions.Expect(post).ToBeFocusedAsync();

        // On the post's own page there is nothing left to show, so that one asks first.
        await keyboard.GoAsync(url => url.Contains("/posts/", StringComparison.Ordinal), "o");
        await OpenMenuAsync(page.Locator(".main-post"), keyboard);
        await keyboard.PressAsync(page.Locator(".main-post").GetByRole(AriaRole.Link, new() { Name = "Delete" }));
        await keyboard.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Delete" }));
        await page.WaitForURLAsync(url => url.Contains("/@", StringComparison.Ordinal));
        await Assertions.Expect(post).ToHaveCountAsync(0);
        Assert.Empty(visitor.Troubles);
    }

    [Fact]
    public async Task Searching_and_reading_notifications()
    {
        var (reader, fan) = (await SiteAccount.RegisterAsync("keys"), await SiteAccount.RegisterAsync("fan"));
        await fan.FollowAsync(reader);
        await using var visitor = await reader.ArriveAsync();
        var (page, keyboard) = (visitor.Page, new Keyboard(visitor.Page));
        await keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync(fan.Username);
        await keyboard.PressAsync("Enter");
        await keyboard.PressAsync(page.GetByRole(AriaRole.Link, new() { Name = "People" }));
        await keyboard.PressAsync(page.Locator(".people").GetByRole(AriaRole.Link, new() { Name = fan.Username }));
        await page.WaitForURLAsync(url => url.EndsWith("/@" + fan.Username, StringComparison.Ordinal));

        await Eventually.Be(async () => (await reader.GetAsync<Page<NotificationResponse>>("/api/v1/notifications")).Items.Count, count => count > 0);
        await keyboard.GoAsync(url => url.EndsWith("/notifications", StringComparison.Ordinal), "g", "n");
        await Assertions.Expect(page.GetByText("now follows you")).ToBeVisibleAsync();
        await keyboard.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Mark all as read" }));

        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Mark all as read" })).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator(".unread")).ToHaveCountAsync(0);
        Assert.Empty(visitor.Troubles);
    }

    [Fact]
    public async Task Making_a_key_and_choosing_colours_and_language()
    {
        await using var visitor = await (await SiteAccount.RegisterAsync("keys")).ArriveAsync();
        var (page, keyboard) = (visitor.Page, new Keyboard(visitor.Page));
        await visitor.GoAsync("/settings/api-keys");
        await keyboard.TypeAsync(page.GetByLabel("Name"), "By keys");
        await keyboard.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Create key" }));
        await Assertions.Expect(page.GetByLabel("The new key")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex(".{20,}"));

        await keyboard.PressAsync(page.Locator(".settings").GetByRole(AriaRole.Link, new() { Name = "Appearance" }));
        await keyboard.WalkToAsync(page.GetByLabel("As the device"));
        await keyboard.PressAsync("ArrowDown", "ArrowDown");
        await keyboard.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Save" }));
        await Assertions.Expect(page.Locator("html[data-theme=dark]")).ToBeVisibleAsync();

        await keyboard.PressAsync(page.Locator(".settings").GetByRole(AriaRole.Link, new() { Name = "Language" }));
        await keyboard.WalkToAsync(page.GetByLabel("English"));
        await keyboard.PressAsync("ArrowUp");
        await keyboard.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Save" }));
        await Assertions.Expect(page.Locator("html[lang=pt-BR]")).ToBeVisibleAsync();
        Assert.Empty(visitor.Troubles);
    }

    [Fact]
    public async Task Reporting_a_post_and_resolving_the_report()
    {
        var writer = await SiteAccount.RegisterAsync("odd");
        await writer.PostAsync("Something odd for moderators.");
        var note = $"By keys: {writer.Username}";
        await using (var visitor = await (await SiteAccount.RegisterAsync("keys")).ArriveAsync())
        {
            var (page, keyboard) = (visitor.Page, new Keyboard(visitor.Page));
            await visitor.GoAsync($"/@{writer.Username}");
            await OpenMenuAsync(visitor.PostWith("Something odd"), keyboard);
            await keyboard.PressAsync(visitor.PostWith("Something odd").GetByRole(AriaRole.Link, new() { Name = "Report this post" }));
            await keyboard.PressAsync(page.GetByLabel("Advertising nobody asked for"), "Space");
            await keyboard.TypeAsync(page.GetByLabel("What else should we know?"), note);
            await keyboard.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Send report" }));
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Thank you" })).ToBeVisibleAsync();
            Assert.Empty(visitor.Troubles);
        }

        await using var moderator = await SiteVisitor.ArriveAsync();
        await moderator.SignInAsync(DevelopmentSeed.Administrator, DevelopmentSeed.Password);
        var keys = new Keyboard(moderator.Page);
        // The moderator of the demo reads Portuguese.
        await keys.PressAsync(moderator.Page.Locator(".places a[href='/moderation/reports']"));
        var report = moderator.Page.Locator("main li.box").Filter(new() { HasText = note });
        await keys.PressAsync(report.Locator("input[value=Dismiss]"), "Space");
        await keys.TypeAsync(report.Locator("textarea"), "It was odd, and that is fine.");
        await keys.PressAsync(report.GetByRole(AriaRole.Button));
        await Assertions.Expect(report).ToHaveCountAsync(0);
        await keys.PressAsync(moderator.Page.Locator("a[href*='state=resolved']"));
        await Assertions.Expect(moderator.Page.Locator("main li.box").Filter(new() { HasText = note }).GetByText("It was odd, and that is fine.")).ToBeVisibleAsync();
        Assert.Empty(moderator.Troubles);
    }

    [Fact]
    public async Task Importing_debts_and_opening_a_boleto()
    {
        await using var visitor = await SiteVisitor.ArriveAsync();
        await visitor.SignInAsync(DevelopmentSeed.BillingOperator, DevelopmentSeed.Password);
        var (page, keyboard) = (visitor.Page, new Keyboard(visitor.Page));
        var debt = ApiFixture.Unique("k");
        // Listened for from the beginning: the browser is told of it in its own time, and a key just after may come first.
        var opened = new TaskCompletionSource<IFileChooser>();
        page.FileChooser += (_, files) => opened.TrySetResult(files);
        await visitor.GoAsync("/billing/import");
        await keyboard.WalkToAsync(page.Locator("input[type=file]"));
        await keyboard.PressAsync("Space");
        var chooser = await opened.Task.WaitAsync(Eventually.Limit);
        var file = $"name,governmentId,email,debtAmount,debtDueDate,debtId\nMaria Souza,52998224725,maria@example.org,10.00,2031-10-12,{debt}\n";
        await chooser.SetFilesAsync(new FilePayload { Name = $"{debt}.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(file) });
        await keyboard.PressAsync(page.Locator("form[enctype] [type=submit]"));
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = $"{debt}.csv" })).ToBeVisibleAsync();

        // The page follows the import by itself.
        await Assertions.Expect(page.Locator("progress[data-step=issued][value='1']")).ToBeVisibleAsync();
        await keyboard.PressAsync(page.Locator(".box-tabs a[href='/billing']"));
        await keyboard.TypeAsync(page.Locator("#f-debt"), debt);
        await keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(url => url.Contains(debt, StringComparison.Ordinal));
        await keyboard.PressAsync(page.GetByRole(AriaRole.Link, new() { Name = "Maria Souza" }));

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = $"Boleto {debt}" })).ToBeVisibleAsync();
        Assert.Empty(visitor.Troubles);
    }

    [Fact]
    public async Task Shortcuts_stay_silent_while_one_types_and_can_be_switched_off()
    {
        await using var visitor = await (await SiteAccount.RegisterAsync("keys")).ArriveAsync();
        var (page, keyboard) = (visitor.Page, new Keyboard(visitor.Page));
        await keyboard.PressAsync("n");
        await page.Keyboard.TypeAsync("jkofbg?n.");
        await Assertions.Expect(page.GetByLabel("Text of the post")).ToHaveValueAsync("jkofbg?n.");
        await page.GetByLabel("Text of the post").FillAsync("");
        await keyboard.PressAsync("Escape", "?");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await keyboard.AssertFocusAsync();
        await keyboard.PressAsync("Escape");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);

        await visitor.GoAsync("/settings/keyboard");
        await keyboard.PressAsync(page.GetByLabel("Use single keys as shortcuts"), "Space");
        await keyboard.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Save" }));
        await Assertions.Expect(page.GetByText("Saved.")).ToBeVisibleAsync();
        await keyboard.PressAsync("g", "h");

        await Assertions.Expect(page.Locator("body[data-keys=off]")).ToBeVisibleAsync();
        Assert.EndsWith("saved=true", page.Url, StringComparison.Ordinal);
    }

    private static async Task OpenMenuAsync(ILocator post, Keyboard keyboard)
    {
        await keyboard.PressAsync(post.Locator(".post-menu summary"));
        await Assertions.Expect(post.Locator(".menu-list")).ToBeVisibleAsync();
    }

    private static async Task SignOutAsync(SiteVisitor visitor, Keyboard keyboard)
    {
        await Assertions.Expect(visitor.Page.Locator(".account-menu")).ToBeVisibleAsync();
        await keyboard.PressAsync(visitor.Page.Locator(".account-menu summary"));
        await keyboard.PressAsync(visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }));
        await Assertions.Expect(visitor.Page.Locator(".account-menu")).ToHaveCountAsync(0);
    }
}
