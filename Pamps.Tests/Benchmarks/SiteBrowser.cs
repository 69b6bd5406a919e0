using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace Pamps.Tests.Benchmarks;

/// <summary>A headless Chromium in front of the site.</summary>
internal sealed class SiteBrowser : IAsyncDisposable
{
    public const string Password = "benchmark-2026-x9";

    // The page tells both since its beginning, however late one asks.
    private const string Metrics = """
        () => new Promise(done => {
            let paint = 0, shift = 0;
            new PerformanceObserver(list => { for (const entry of list.getEntries()) paint = entry.startTime; }).observe({ type: 'largest-contentful-paint', buffered: true });
            new PerformanceObserver(list => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) shift += entry.value; }).observe({ type: 'layout-shift', buffered: true });
            setTimeout(() => {
                const page = performance.getEntriesByType('navigation')[0];
                const parts = performance.getEntriesByType('resource');
                done({
                    paint, shift,
                    html: page.decodedBodySize, compressed: page.encodedBodySize, firstByte: page.responseStart,
                    code: parts.filter(part => /\.(css|js)(\?|$)/.test(part.name)).reduce((sum, part) => sum + part.encodedBodySize, 0),
                    requests: parts.length + 1,
                    posts: document.querySelectorAll('main .post').length,
                });
            }, 500);
        })
        """;

    // So long without a new post until the end is believed.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly Uri _site;
    private string? _cookies;

    private SiteBrowser(IPlaywright playwright, IBrowser browser, Uri site) => (_playwright, _browser, _site) = (playwright, browser, site);

    public string Version => _browser.Version;

    public static async Task<SiteBrowser> LaunchAsync(Uri site)
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("PAMPS_CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update", "--no-first-run", "--disable-sync", "--disable-default-apps"],
        });
        return new SiteBrowser(playwright, browser, site);
    }

    /// <summary>Signs in on the site's own page; every later window has that session.</summary>
    /// <returns>The session for other tools: the header <c>Cookie</c>.</returns>
    public async Task<string> SignInAsync(string username)
    {
        await using var window = await WindowAsync();
        var page = await window.NewPageAsync();
        await page.GotoAsync("/sign-in");
        await page.Locator("input[name=username]").FillAsync(username);
        await page.Locator("input[name=password]").FillAsync(Password);
        await page.Locator("main form[method=post] button[type=submit]").ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        _cookies = await window.StorageStateAsync();
        return string.Join("; ", (await window.CookiesAsync()).Select(cookie => $"{cookie.Name}={cookie.Value}"));
    }

    /// <summary>Loads the home page as somebody who was never here: no cache, a window of its own.</summary>
    /// <param name="slowdown">How many times slower the processor shall be.</param>
    public async Task<Load> LoadAsync(int slowdown)
    {
        await using var window = await WindowAsync();
        var page = await window.NewPageAsync();
        var foreign = 0;
        page.Request += (_, request) => foreign += new Uri(request.Url) is { Scheme: "http" or "https" } address && address.Authority != _site.Authority ? 1 : 0;
        if (slowdown > 1)
        {
            var session = await window.NewCDPSessionAsync(page);
            await session.SendAsync("Emulation.setCPUThrottlingRate", new Dictionary<string, object> { ["rate"] = slowdown });
        }

        await page.GotoAsync("/");
        var metrics = await page.EvaluateAsync<JsonElement>(Metrics);
        double Number(string name) => metrics.GetProperty(name).GetDouble();
        return new(Number("paint"), Number("shift"), Number("html"), Number("compressed"), Number("code"), Number("firstByte"), (int)Number("requests"), foreign, (int)Number("posts"));
    }

    /// <summary>Scrolls down the home feed as far as so many posts, over as many pages as that takes.</summary>
    /// <param name="posts">How many.</param>
    /// <param name="step">The time from one look at the end of the list, where the next twenty are loaded, to the next.</param>
    /// <returns>Posts seen, the most private memory of the tab's process in MB at any time, what it had before the first page, and what its scripts hold at the end.</returns>
    public async Task<Scroll> ScrollAsync(int posts, TimeSpan step)
    {
        await using var window = await WindowAsync();
        var page = await window.NewPageAsync();
        await page.GotoAsync("/about");
        var empty = await PrivateMegabytesAsync();
        await page.GotoAsync("/");
        var seen = new HashSet<string>();

        // Each page of the list has an address of its own.
        var pages = new HashSet<string>();
        var (most, idle) = (0d, 0);
        using var timer = new PeriodicTimer(step);
        while (seen.Count < posts && idle < Patience / step)
        {
            await timer.WaitForNextTickAsync();
            try
            {
                // The list loads by itself three times, then waits to be pressed; after 100 appended posts the link leads to a new page.
                var before = seen.Count;
                pages.Add(page.Url);
                seen.UnionWith(await page.EvaluateAsync<string[]>("""
                    () => {
                        scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' });
                        // Before its scripts run, the link would be followed for real.
                        if (document.readyState === 'complete' && !document.querySelector('main [aria-busy="true"]')) document.querySelector('main [data-more] a')?.click();
                        return [...document.querySelectorAll('main .post')].map(post => post.id);
                    }
                    """));
                idle = seen.Count == before ? idle + 1 : 0;
                if (seen.Count != before)
                {
                    most = Math.Max(most, await PrivateMegabytesAsync());
                }
            }
            catch (PlaywrightException)
            {
                // One page made way for the next while it was asked.
                idle++;
            }
        }

        most = Math.Max(most, await PrivateMegabytesAsync());

        // Only now, so that nothing watches the page while it is scrolled.
        var session = await window.NewCDPSessionAsync(page);
        await session.SendAsync("Performance.enable");
        var metrics = (await session.SendAsync("Performance.getMetrics")).GetValueOrDefault().GetProperty("metrics").EnumerateArray().ToDictionary(
            metric => metric.GetProperty("name").GetString()!, metric => metric.GetProperty("value").GetDouble());
        return new(seen.Count, pages.Count, empty, most, metrics["JSHeapUsedSize"] / (1024 * 1024), (int)metrics["Nodes"]);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private Task<IBrowserContext> WindowAsync() => _browser.NewContextAsync(new()
    {
        BaseURL = _site.ToString(),
        ViewportSize = new() { Width = 1280, Height = 900 },
        Locale = "en-US",
        IgnoreHTTPSErrors = true,
        StorageState = _cookies,
    });

    /// <summary>
    /// The largest of the browser's renderer processes, in what it shares with nobody and no file: heap of scripts,
    /// documents, styles and the engine's own, swapped or not. The browser's task manager shows the same.
    /// </summary>
    private async Task<double> PrivateMegabytesAsync()
    {
        var session = await _browser.NewBrowserCDPSessionAsync();
        try
        {
            var processes = (await session.SendAsync("SystemInfo.getProcessInfo")).GetValueOrDefault().GetProperty("processInfo").EnumerateArray();
            return processes.Where(process => process.GetProperty("type").GetString() == "renderer").Max(process => PrivateMegabytes(process.GetProperty("id").GetInt32()));
        }
        finally
        {
            await session.DetachAsync();
        }
    }

    private static double PrivateMegabytes(int process)
    {
        try
        {
            return File.ReadLines($"/proc/{process}/status").Where(line => line.StartsWith("RssAnon:", StringComparison.Ordinal) || line.StartsWith("VmSwap:", StringComparison.Ordinal))
                .Sum(line => double.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)) / 1024;
        }
        catch (IOException)
        {
            // It ended meanwhile, with the page it belonged to.
            return 0;
        }
    }

    /// <summary>One load of the home page. Times in milliseconds, sizes in bytes.</summary>
    internal sealed record Load(double Paint, double Shift, double Html, double Compressed, double Code, double FirstByte, int Requests, int Foreign, int Posts);

    /// <summary>A long way down. Memory in MB.</summary>
    internal sealed record Scroll(int Posts, int Pages, double Before, double Most, double Scripts, int Nodes);
}
