using Microsoft.Playwright;
using Pamps.Tests.Architecture;

namespace Pamps.Tests.Web;

/// <summary>What must be so of every page in every look, whatever it shows.</summary>
internal static class Soundness
{
    /// <summary>Looks at the page as it is now and keeps a picture.</summary>
    /// <param name="visitor">Whose page.</param>
    /// <param name="look">The look; its colours are set here, the rest is the visitor's.</param>
    /// <param name="picture">The name of the picture, without look and ending.</param>
    /// <returns>What is wrong.</returns>
    public static async Task<IReadOnlyList<string>> OfAsync(SiteVisitor visitor, Look look, string picture)
    {
        var page = visitor.Page;
        await page.EmulateMediaAsync(new() { ColorScheme = look.Dark ? ColorScheme.Dark : ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });
        // What lies below the window is painted only when it comes near; pictures and axe look at all of it.
        await RestyleAsync(page, ".post { content-visibility: visible !important; }");
        await page.ScreenshotAsync(new() { Path = Path.Combine(Repository.Root, "artifacts", "screenshots", $"{picture}-{look.Name}.png"), FullPage = !look.Phone });
        var facts = await page.EvaluateAsync<Facts>("""
            () => ({
                title: document.title,
                headings: document.querySelectorAll('h1').length,
                overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
            })
            """);

        // Bars that stay cover by half what a little scrolling uncovers; to axe that is a small target.
        await RestyleAsync(page, ".post { content-visibility: visible !important; } .bar, .places { position: static !important; }");
        List<string> found = [.. await Axe.ViolationsAsync(page)];
        await RestyleAsync(page, "");
        Expect(facts.Title.Length > 0, "no title");
        Expect(facts.Headings == 1, $"{facts.Headings} headings of the first level");
        Expect(facts.Overflow <= 0, $"{facts.Overflow} pixels too wide");
        return [.. found.Select(what => $"{look.Name}: {what}")];

        void Expect(bool asExpected, string otherwise)
        {
            if (!asExpected)
            {
                found.Add(otherwise);
            }
        }
    }

    /// <summary>Looks at the page as it is now in both sizes and both colours.</summary>
    /// <param name="visitor">Whose page.</param>
    /// <param name="picture">The name of the pictures.</param>
    public static async Task<IReadOnlyList<string>> InAllLooksAsync(SiteVisitor visitor, string picture)
    {
        var found = new List<string>();
        foreach (var phone in (bool[])[false, true])
        {
            await visitor.Page.SetViewportSizeAsync(phone ? 390 : 1280, phone ? 844 : 900);
            foreach (var dark in (bool[])[false, true])
            {
                found.AddRange(await OfAsync(visitor, new Look(phone, dark), picture));
            }
        }

        return [.. found, .. visitor.TakeTroubles()];
    }

    // A constructed style sheet passes the security policy.
    private static Task RestyleAsync(IPage page, string rules) => page.EvaluateAsync(
        "rules => { const sheet = new CSSStyleSheet(); sheet.replaceSync(rules); document.adoptedStyleSheets = [sheet]; }", rules);

    private sealed record Facts
    {
        public string Title { get; init; } = "";

        public int Headings { get; init; }

        public int Overflow { get; init; }
    }
}
