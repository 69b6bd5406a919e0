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
