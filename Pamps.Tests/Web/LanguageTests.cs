using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Pamps.Tests.Web;

/// <summary>The language of the page and what follows it: dates, numbers, messages of scripts.</summary>
public sealed class LanguageTests
{
    [Theory]
    [InlineData("pt", "pt-BR")]
    [InlineData("pt-PT,en;q=0.5", "pt-BR")]
    [InlineData("en-GB,pt;q=0.9", "en")]
    [InlineData("de,pt-BR;q=0.8,en;q=0.3", "pt-BR")]
    [InlineData("de", "en")]
    [InlineData("*", "en")]
    public async Task The_browser_chooses(string accepted, string shown)
    {
        using var client = await SiteClient.ConnectAsync(language: accepted);

        Assert.Contains($"<html lang=\"{shown}\"", await client.ReadAsync("/"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stranger_changes_it_and_it_stays(bool scripts)
    {
        await using var visitor = await SiteVisitor.ArriveAsync(new Look(Scripts: scripts));
        await visitor.GoAsync("/settings/language");
        await visitor.Page.GetByLabel("Português (Brasil)").CheckAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(visitor.Page.GetByText("Salvo.")).ToBeVisibleAsync();

        await visitor.GoAsync("/about");

        await Assertions.Expect(visitor.Page.Locator("html")).ToHaveAttributeAsync("lang", "pt-BR");
    }

    [Fact]
    public async Task An_account_takes_its_language_to_every_device()
    {
        var account = await SiteAccount.RegisterAsync("language");
        await using (var here = await account.ArriveAsync())
        {
            await here.GoAsync("/settings/language");
            await here.Page.GetByLabel("Português (Brasil)").CheckAsync();
            await here.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
            await Assertions.Expect(here.Page.GetByText("Salvo.")).ToBeVisibleAsync();
        }

        await using var there = await account.ArriveAsync();

        await there.GoAsync("/");

        await Assertions.Expect(there.Page.Locator("html")).ToHaveAttributeAsync("lang", "pt-BR");
    }

    [Theory]
    [InlineData("en-US", true, @"^[A-Z][a-z]+, [A-Z][a-z]+ \d{1,2}, \d{4} at \d{1,2}:\d{2}\s[AP]M$")]
    [InlineData("pt-BR", true, @"^[^,]+, \d{1,2} de [^ ]+ de \d{4} às \d{2}:\d{2}$")]
    [InlineData("pt-BR", false, @"^[^,]+, \d{1,2} de [^ ]+ de \d{4} às \d{2}:\d{2} UTC$")]
    public async Task Times_are_short_for_the_eye_and_exact_for_who_asks(string language, bool scripts, string exact)
    {
        var demo = await DemoSite.GetAsync();
        await using var visitor = await demo.ArriveAsync(new Look(Language: language, Scripts: scripts), Who.Stranger);
        await visitor.GoAsync("/public");

        var time = visitor.Page.Locator(".feed .post time").Last;

        await Assertions.Expect(time).ToHaveAttributeAsync("title", new Regex(exact));
        await Assertions.Expect(time).ToHaveAttributeAsync("datetime", new Regex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"));
        // Who listens hears the exact time instead of the short one.
        await Assertions.Expect(time.Locator("[aria-hidden=true]")).ToHaveTextAsync(new Regex(@"^(now|agora|\d+ (min|h|d)|[A-Z][a-z]+ \d+|\d+ de [^ ]+( de \d+)?)$"));
        Assert.Equal(await time.GetAttributeAsync("title"), await time.Locator(".visually-hidden").TextContentAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_post_is_in_the_language_its_writer_chose_whatever_the_page_speaks(bool scripts)
    {
        await using var visitor = await (await SiteAccount.RegisterAsync("language")).ArriveAsync(new Look(Scripts: scripts));
        await visitor.GoAsync("/compose");
        await visitor.Page.GetByLabel("Text of the post").FillAsync("Escrito em português.");
        await visitor.Page.Locator("select[name=lang]").SelectOptionAsync("pt-BR");
        await visitor.Page.Locator("[data-send]").ClickAsync();

        await Assertions.Expect(visitor.PostWith("Escrito em português.").Locator(".post-text")).ToHaveAttributeAsync("lang", "pt-BR");

        await Assertions.Expect(visitor.Page.Locator("html")).ToHaveAttributeAsync("lang", "en");
    }

    [Theory]
    [InlineData("en-US", "A user name has 3 to 30 letters", "Write the whole address", "Choose a password of 8 to 128 characters")]
    [InlineData("pt-BR", "Um nome de usuário tem de 3 a 30 letras", "Escreva o e-mail completo", "Escolha uma senha de 8 a 128 caracteres")]
    public async Task What_is_wrong_with_a_field_is_said_in_plain_words(string language, string username, string email, string password)
    {
        await using var visitor = await SiteVisitor.ArriveAsync(new Look(Language: language));
        var page = visitor.Page;
        await visitor.GoAsync("/register");
        await page.EvaluateAsync("() => { document.querySelector('main form').noValidate = true; }");
        await page.Locator("#f-username").FillAsync("a!");
        await page.Locator("#f-email").FillAsync("nowhere");
        await page.Locator("#f-password").FillAsync("short");
        await page.Locator("main form [type=submit]").ClickAsync();

        foreach (var (field, words) in ((string, string)[])[("username", username), ("email", email), ("password", password)])
        {
            await Assertions.Expect(page.Locator($"#f-{field}-error")).ToContainTextAsync(words);
            await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync(words);
        }

        // Each is said once, and nothing in the words of programs.
        await Assertions.Expect(page.Locator("[role=alert] li")).ToHaveCountAsync(3);
        Assert.DoesNotMatch("must be a string|must match|field (User|Pass|Email)|O campo|\\^\\[", await page.Locator("main").InnerTextAsync());
    }

    [Fact]
    public async Task A_clock_that_is_behind_says_now()
    {
        var writer = await SiteAccount.RegisterAsync("clock");
        await writer.PostAsync("From the future.");
        await using var visitor = await SiteVisitor.ArriveAsync();
        await visitor.Page.Clock.SetFixedTimeAsync(DateTime.UnixEpoch.AddYears(50));

        await visitor.GoAsync($"/@{writer.Username}");

        await Assertions.Expect(visitor.Page.Locator(".feed .post time [data-ago]").First).ToHaveTextAsync("now");
    }
}
