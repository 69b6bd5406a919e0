using Microsoft.Playwright;

namespace Pamps.Tests.Web;

/// <summary>What comes out of a printer: what is to be kept or paid, dark on light, without what can only be pressed.</summary>
public sealed class PrintTests
{
    // The luminance of a colour, from 0 to 1; a background that is see-through is that of the paper.
    private const string Light = """
        (element, property) => {
            const colour = getComputedStyle(element)[property];
            const canvas = new OffscreenCanvas(1, 1).getContext('2d');
            canvas.fillStyle = '#fff';
            canvas.fillRect(0, 0, 1, 1);
            canvas.fillStyle = colour;
            canvas.fillRect(0, 0, 1, 1);
            const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
            return (red * .2126 + green * .7152 + blue * .0722) / 255;
        }
        """;

    [Theory]
    [InlineData(null)]
    [InlineData("dark")]
    public async Task A_boleto_on_paper_is_what_one_pays_with(string? theme)
    {
        var demo = await DemoSite.GetAsync();
        await using var visitor = await demo.ArriveAsync(new Look(Dark: theme is not null), Who.BillingOperator);
        var page = visitor.Page;
        if (theme is not null)
        {
            await page.Context.AddCookiesAsync([new() { Name = "theme", Value = theme, Url = (await AppModel.SiteAsync()).Web.ToString() }]);
        }

        await visitor.GoAsync($"/billing/boletos/{demo.Ids["boleto"]}");
        await Assertions.Expect(page.Locator(".bar")).ToBeVisibleAsync();

        await page.EmulateMediaAsync(new() { Media = Media.Print });

        foreach (var kept in (string[])["h1", ".digits", ".bars", ".qr", ".pix-code"])
        {
            await Assertions.Expect(page.Locator("main").Locator(kept).First).ToBeVisibleAsync();
        }

        foreach (var left in (string[])[".bar", ".places", ".foot", ".skip", ".box-tabs", ".no-print", "main button"])
        {
            foreach (var element in await page.Locator(left).AllAsync())
            {
                await Assertions.Expect(element).ToBeHiddenAsync();
            }
        }

        foreach (var text in (string[])["h1", ".digits", ".pix-code"])
        {
            Assert.InRange(await page.Locator("main").Locator(text).First.EvaluateAsync<double>(Lightness("color")), 0, .4);
        }

        foreach (var box in await page.Locator("body, main .box").AllAsync())
        {
            Assert.InRange(await box.EvaluateAsync<double>(Lightness("backgroundColor")), .9, 1);
        }

        Assert.True(await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth") <= 0, "Something goes over the edge of the paper.");
        Assert.Empty(visitor.Troubles);
    }

    [Fact]
    public async Task A_thread_on_paper_is_what_was_said()
    {
        var demo = await DemoSite.GetAsync();
        await using var visitor = await demo.ArriveAsync(new Look(), Who.Member);
        await visitor.GoAsync($"/posts/{demo.Ids["thread"]}");

        await visitor.Page.EmulateMediaAsync(new() { Media = Media.Print });

        await Assertions.Expect(visitor.PostWith("An answer at depth 3.")).ToBeVisibleAsync();
        await Assertions.Expect(visitor.Page.Locator(".post-actions").First).ToBeHiddenAsync();
        await Assertions.Expect(visitor.Page.Locator("main .composer")).ToBeHiddenAsync();
        Assert.Empty(visitor.Troubles);
    }

    private static string Lightness(string property) => $"element => ({Light})(element, '{property}')";
}
