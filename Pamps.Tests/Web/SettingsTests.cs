using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.Playwright;
using Pamps.ApiService.Contracts;

namespace Pamps.Tests.Web;

/// <summary>What belongs to a person alone: profile, password, sessions, keys, blocks, export, deletion; with and without scripts.</summary>
public sealed class SettingsTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_profile_is_changed_and_shown(bool scripts)
    {
        var account = await SiteAccount.RegisterAsync("mine");
        await using var visitor = await account.ArriveAsync(new Look(Scripts: scripts));
        var page = visitor.Page;
        await visitor.GoAsync("/settings/profile");
        await page.GetByLabel("Name to show").FillAsync("Helena de Óbidos");
        await page.GetByLabel("About you").FillAsync("Writes about rain.");
        await page.GetByLabel("Links").FillAsync("https://example.org/helena");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Saved.")).ToBeVisibleAsync();

        await visitor.GoAsync($"/@{account.Username}");

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Helena de Óbidos" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Writes about rain.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "example.org/helena" })).ToHaveAttributeAsync("rel", "nofollow noopener ugc me");
        // What is refused stays in the form, with the reason at the field.
        await visitor.GoAsync("/settings/profile");
        await page.GetByLabel("Links").FillAsync("javascript:alert(1)");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByLabel("Links")).ToHaveValueAsync("javascript:alert(1)");
        Assert.Empty(visitor.Troubles);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_changed_password_ends_the_other_sessions(bool scripts)
    {
        var account = await SiteAccount.RegisterAsync("mine");
        await using var here = await account.ArriveAsync(new Look(Scripts: scripts));
        await using var there = await account.ArriveAsync();
        await here.GoAsync("/settings/password");
        await here.Page.GetByLabel("Present password").FillAsync(account.Registration.Password);
        await here.Page.GetByLabel("New password").FillAsync("a new horse for the battery");
        await here.Page.GetByRole(AriaRole.Button, new() { Name = "Change password" }).ClickAsync();
        await Assertions.Expect(here.Page.GetByText("Saved.")).ToBeVisibleAsync();

        await there.GoAsync("/settings/sessions");

        await Assertions.Expect(there.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true })).ToBeVisibleAsync();
        await here.GoAsync("/settings/sessions");
        await Assertions.Expect(here.Page.GetByText("this one")).ToBeVisibleAsync();
        await using var again = await SiteVisitor.ArriveAsync();
        await again.SignInAsync(account.Username, "a new horse for the battery");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_session_elsewhere_is_listed_and_ended(bool scripts)
    {
        var account = await SiteAccount.RegisterAsync("mine");
        await using var there = await account.ArriveAsync();
        await using var here = await account.ArriveAsync(new Look(Scripts: scripts));
        await here.GoAsync("/settings/sessions");
        var rows = here.Page.Locator("main .rows > li");
        // The account itself signed in once more, through the API.
        await Assertions.Expect(rows).ToHaveCountAsync(3);
        await Assertions.Expect(rows.Filter(new() { HasText = "this one" }).GetByRole(AriaRole.Button)).ToHaveCountAsync(0);

        for (var left = 2; left > 0; left--)
        {
            await rows.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).First.ClickAsync();
            await Assertions.Expect(rows).ToHaveCountAsync(left);
        }

        await there.GoAsync("/bookmarks");
        await Assertions.Expect(there.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true })).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_key_is_shown_once_works_and_ends(bool scripts)
    {
        var account = await SiteAccount.RegisterAsync("mine");
        await using var visitor = await account.ArriveAsync(new Look(Scripts: scripts));
        var page = visitor.Page;
        await visitor.GoAsync("/settings/api-keys");
        await page.GetByLabel("Name").FillAsync("My program");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create key" }).ClickAsync();
        var key = await page.GetByLabel("The new key").InputValueAsync();
        using var http = new HttpClient { BaseAddress = (await AppModel.SiteAsync()).Api };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync());

        await visitor.GoAsync("/settings/api-keys");
        Assert.DoesNotContain(key, await page.ContentAsync(), StringComparison.Ordinal);
        await Assertions.Expect(page.GetByText("My program")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "End key: My program" }).ClickAsync();
        await Assertions.Expect(page.GetByText("My program")).ToHaveCountAsync(0);

        await Eventually.Be(StatusAsync, status => status == HttpStatusCode.Unauthorized);
        Assert.Empty(visitor.Troubles);

        async Task<HttpStatusCode> StatusAsync()
        {
            using var answer = await http.GetAsync(new Uri("/api/v1/me", UriKind.Relative));
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task On_a_phone_the_present_tab_is_in_sight_and_the_keyboard_begins_at_the_top()
    {
        await using var visitor = await (await SiteAccount.RegisterAsync("mine")).ArriveAsync(new Look(Phone: true));
        var page = visitor.Page;
        await visitor.GoAsync("/settings/api-keys");
        await InSightAsync();
        await page.GetByLabel("Name").FillAsync("My program");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create key" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("The new key")).ToBeVisibleAsync();

        await InSightAsync();
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Locator(".skip")).ToBeFocusedAsync();

        Task InSightAsync() => page.WaitForFunctionAsync("""
            () => {
                const here = document.querySelector('.box-tabs [aria-current]').getBoundingClientRect(), tabs = document.querySelector('.box-tabs').getBoundingClientRect();
                return here.left >= tabs.left && here.right <= tabs.right;
            }
            """);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Blocked_and_muted_people_are_out_of_sight_and_come_back(bool scripts)
    {
        var (account, loud, rude) = (await SiteAccount.RegisterAsync("mine"), await SiteAccount.RegisterAsync("loud"), await SiteAccount.RegisterAsync("rude"));
        await account.FollowAsync(loud);
        await loud.PostAsync("Loud words.");
        await Eventually.Be(() => account.GetAsync<Page<PostResponse>>("/api/v1/feeds/home"), home => home.Items.Count == 1);
        await using var visitor = await account.ArriveAsync(new Look(Scripts: scripts));
        var page = visitor.Page;
        await RelateAsync(loud, "Mute");
        await RelateAsync(rude, "Block");

        await visitor.GoAsync("/");
        await Assertions.Expect(visitor.PostWith("Loud words.")).ToHaveCountAsync(0);
        await visitor.GoAsync("/settings/blocks");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Unmute @{loud.Username}" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = $"Unblock @{rude.Username}" }).ClickAsync();
        await Assertions.Expect(page.GetByText("You block nobody.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("You mute nobody.")).ToBeVisibleAsync();

        await Eventually.Be(
            async () =>
            {
                await visitor.GoAsync("/");
                return await visitor.PostWith("Loud words.").CountAsync();
            },
            count => count == 1);
        Assert.Empty(visitor.Troubles);

        async Task RelateAsync(SiteAccount other, string verb)
        {
            await visitor.GoAsync($"/@{other.Username}");
            await page.Locator(".profile .menu summary").ClickAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = $"{verb} @{other.Username}" }).ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = $"{verb} @{other.Username}" }).ClickAsync();
            await Assertions.Expect(verb == "Mute"
                ? page.GetByText("Muted", new() { Exact = true })
                : page.GetByRole(AriaRole.Button, new() { Name = $"Unblock @{other.Username}" })).ToBeVisibleAsync();
        }
    }

    [Fact]
    public async Task Muting_from_a_post_can_be_undone()
    {
        var (account, loud) = (await SiteAccount.RegisterAsync("mine"), await SiteAccount.RegisterAsync("loud"));
        await loud.PostAsync("Loud words.");
        await using var visitor = await account.ArriveAsync();
        await visitor.GoAsync($"/@{loud.Username}");
        var shown = visitor.PostWith("Loud words.");
        await shown.Locator(".post-menu summary").ClickAsync();
        await shown.GetByRole(AriaRole.Link, new() { Name = "Mute" }).ClickAsync();
        await Assertions.Expect(shown).ToBeHiddenAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();

        await Assertions.Expect(shown).ToBeVisibleAsync();
        await visitor.GoAsync("/settings/blocks");
        await Assertions.Expect(visitor.Page.GetByText("You mute nobody.")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Everything_of_mine_comes_as_a_file(bool scripts)
    {
        var account = await SiteAccount.RegisterAsync("mine");
        await account.PostAsync("Take me with you.");
        await using var visitor = await account.ArriveAsync(new Look(Scripts: scripts));
        var page = visitor.Page;
        await visitor.GoAsync("/settings/data");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask for the file" }).ClickAsync();
        var download = page.GetByRole(AriaRole.Link, new() { Name = "Download" });
        await Eventually.Be(
            async () =>
            {
                var again = page.GetByRole(AriaRole.Link, new() { Name = "Look again" });
                if (await again.CountAsync() > 0)
                {
                    await again.ClickAsync();
                }

                return await download.CountAsync();
            },
            count => count == 1);

        var file = await page.RunAndWaitForDownloadAsync(() => download.ClickAsync());

        Assert.EndsWith(".zip", file.SuggestedFilename, StringComparison.Ordinal);
        await using var stream = await file.CreateReadStreamAsync();
        using var content = new MemoryStream();
        await stream.CopyToAsync(content);
        using var zip = new ZipArchive(content);
        var all = string.Concat(zip.Entries.Select(entry =>
        {
            using var reader = new StreamReader(entry.Open());
            return reader.ReadToEnd();
        }));
        Assert.Contains("Take me with you.", all, StringComparison.Ordinal);
        Assert.Contains(account.Registration.Email, all, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_account_is_deleted_with_its_password_only(bool scripts)
    {
        var account = await SiteAccount.RegisterAsync("mine");
        await account.PostAsync("Soon gone with me.");
        await using var visitor = await account.ArriveAsync(new Look(Scripts: scripts));
        var page = visitor.Page;
        await visitor.GoAsync("/settings/data");
        await page.GetByLabel("Present password").FillAsync("not the password");
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete my account" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();

        await page.GetByLabel("Present password").FillAsync(account.Registration.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete my account" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "A calm place to write and to listen." })).ToBeVisibleAsync();
        var profile = await visitor.GoAsync($"/@{account.Username}");
        Assert.Equal(404, profile.Status);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Nothing grows here" })).ToBeVisibleAsync();
    }
}
