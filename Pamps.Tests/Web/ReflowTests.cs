using Microsoft.Playwright;

namespace Pamps.Tests.Web;

/// <summary>
/// Every page under what people do to pages: 400 % zoom, the narrowest phone, text spaced out, the system's own colours,
/// no motion. Nothing scrolls sideways, nothing is cut off, and everything stays large enough to press.
/// </summary>
public abstract class ReflowTests : IAsyncLifetime
{
    // What WCAG 1.4.12 asks a page to bear. A constructed style sheet passes the security policy.
    private const string SpaceOut = """
        () => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-block-end: 2em !important; }');
            document.adoptedStyleSheets = [sheet];
        }
        """;

    private const string Flaws = """
        pressed => {
            const flaws = [];
            const name = element => `${element.tagName.toLowerCase()}.${element.className?.baseVal ?? element.className} "${(element.innerText || element.getAttribute('aria-label') || element.name || '').trim().slice(0, 40)}"`;
            const seen = element => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !element.closest('.visually-hidden, .skip');
            const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
            if (wide > 0) flaws.push(`${wide} pixels too wide: ` + [...document.querySelectorAll('body *')]
                .filter(e => seen(e) && e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('pre, .table-wrap, .tabs')).slice(0, 3).map(name).join(', '));
            for (const element of document.querySelectorAll('body *')) {
                const style = getComputedStyle(element);
                // Cut off: text of its own that its box hides. A shortened preview leads to the whole.
                const hides = /hidden|clip/.test(style.overflowX + style.overflowY) && style.clipPath === 'none' && style.webkitLineClamp === 'none' && style.textOverflow !== 'ellipsis';
                if (hides && seen(element) && element.innerText?.trim() && element.clientWidth > 1
                    && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1)) flaws.push('cut off: ' + name(element));
                if (parseFloat(style.transitionDuration) > 0 || style.animationName !== 'none') flaws.push('moves: ' + name(element));
            }
            if (pressed) for (const element of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')) {
                if (!seen(element) || element.closest('[aria-hidden=true]')) continue;
                const target = (/checkbox|radio/.test(element.type) && element.closest('label')) || element;
                const box = target.getBoundingClientRect();
                if (!box.width || !box.height) continue;
                const style = getComputedStyle(target);
                const text = element.tagName === 'A' && !element.matches('.button, .act, nav a, .menu-list a, .places a');
                // A link within a sentence is as high as its line; one that stands alone, and every control, is to be hit by a thumb.
                if (text && style.display === 'inline') { if (parseFloat(style.lineHeight) < 23.9) flaws.push(`line of ${style.lineHeight}: ${name(target)}`); continue; }
                const floor = text ? 23.9 : 43.9;
                if (box.height < floor || box.width < 23.9) flaws.push(`${Math.round(box.width)}×${Math.round(box.height)} to press: ${name(target)}`);
            }
            return flaws;
        }
        """;

    private SiteVisitor _visitor = null!;
    private DemoSite _demo = null!;

    private protected abstract Who Who { get; }

    public async Task InitializeAsync()
    {
        _demo = await DemoSite.GetAsync();
        _visitor = await _demo.ArriveAsync(new Look(), Who);
    }

    public async Task DisposeAsync() => await _visitor.DisposeAsync();

    private protected async Task SqueezeAsync(string address)
    {
        var page = _visitor.Page;
        var found = new List<string>();
        await _visitor.GoAsync(_demo.AddressOf(SitePages.All.Single(known => known.Address == address && known.Who == Who)));

        // 1280 × 1024 at 400 %.
        await LookAsync("400 % zoom", 320, 256);
        var covered = await page.EvaluateAsync<double>("() => [...document.querySelectorAll('.bar, .places')].filter(e => /sticky|fixed/.test(getComputedStyle(e).position)).reduce((sum, e) => sum + e.getBoundingClientRect().height, 0)");
        if (covered > 128)
        {
            found.Add($"400 % zoom: bars cover {covered} of 256 pixels");
        }

        await LookAsync("320 pixels", 320, 640, pressed: true);
        await LookAsync("768 pixels", 768, 1024, pressed: true);
        await LookAsync("1440 pixels", 1440, 900);
        await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
        await LookAsync("forced colours", 390, 844);
        found.AddRange((await page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('button, .button, input:not([type=hidden]), select, textarea')]
                .filter(e => e.checkVisibility() && !/file|checkbox|radio/.test(e.type) && !e.matches('.act, .menu-list *') && getComputedStyle(e).borderTopStyle === 'none')
                .map(e => `without an edge: ${e.outerHTML.slice(0, 120)}`)
            """)).Select(flaw => "forced colours: " + flaw));
        await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.None });
        await page.EvaluateAsync(SpaceOut);
        await LookAsync("text spacing", 390, 844);
        await LookAsync("text spacing", 1280, 900);

        Assert.True(found.Count == 0, string.Join('\n', found.Distinct()));

        async Task LookAsync(string what, int width, int height, bool pressed = false)
        {
            await page.SetViewportSizeAsync(width, height);
            found.AddRange((await page.EvaluateAsync<string[]>(Flaws, pressed)).Select(flaw => $"{what}: {flaw}"));
        }
    }
}

/// <summary>What everybody may see.</summary>
public sealed class StrangersReflowTests : ReflowTests
{
    public static TheoryData<string> Addresses => SitePages.Of(Who.Stranger);

    private protected override Who Who => Who.Stranger;

    [Theory]
    [MemberData(nameof(Addresses))]
    public Task A_page_for_everybody_bears_zoom_spacing_and_colours(string address) => SqueezeAsync(address);
}

/// <summary>What members see.</summary>
public sealed class MembersReflowTests : ReflowTests
{
    public static TheoryData<string> Addresses => SitePages.Of(Who.Member);

    private protected override Who Who => Who.Member;

    [Theory]
    [MemberData(nameof(Addresses))]
    public Task A_page_for_members_bears_zoom_spacing_and_colours(string address) => SqueezeAsync(address);
}

/// <summary>What those see who work with debts.</summary>
public sealed class BillingReflowTests : ReflowTests
{
    public static TheoryData<string> Addresses => SitePages.Of(Who.BillingOperator);

    private protected override Who Who => Who.BillingOperator;

    [Theory]
    [MemberData(nameof(Addresses))]
    public Task A_page_for_billing_bears_zoom_spacing_and_colours(string address) => SqueezeAsync(address);
}
