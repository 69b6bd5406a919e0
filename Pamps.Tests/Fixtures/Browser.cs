using Microsoft.Playwright;

namespace Pamps.Tests.Fixtures;

/// <summary>
/// A Chromium of the machine, started once per run and driven by Playwright, which brings none itself. Where there is the one
/// without windows it is taken: the same engine, and a quarter of the work for each new page. It lacks what belongs to the
/// browser around the pages, such as the back/forward cache; tests of that ask for the whole one.
/// </summary>
internal sealed class Browser : IAsyncDisposable
{
    /// <summary>Names the browser's executable when it is none of the usual ones.</summary>
    public const string PathVariable = "PAMPS_CHROMIUM";

    private const string Windowless = "chromium-headless-shell";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "Google Chrome", "Chromium"];

    private static readonly string[] Places =
    [
        "/usr/bin",
        "/snap/bin",
        "/Applications/Google Chrome.app/Contents/MacOS",
        "/Applications/Chromium.app/Contents/MacOS",
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "Google", "Chrome", "Application"),
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFilesX86), "Microsoft", "Edge", "Application"),
    ];

    private static readonly Lazy<Task<Browser>> Whole = new(() => LaunchAsync(Find(Names) ?? throw new PrerequisiteMissingException(
        $"No Chromium or Chrome was found. Install one (Debian, Ubuntu: apt install chromium) or name it in {PathVariable}.")));
    private static readonly Lazy<Task<Browser>> Light = new(() => Find([Windowless]) is { } light && light != Find(Names) ? LaunchAsync(light) : Whole.Value);

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <summary>Opens a window with its own cookies.</summary>
    /// <param name="options">Size, language, scripts.</param>
    /// <param name="whole">In the whole browser.</param>
    public static async Task<IBrowserContext> OpenAsync(BrowserNewContextOptions options, bool whole = false) =>
        await (await (whole ? Whole : Light).Value)._browser.NewContextAsync(options);

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private static async Task<Browser> LaunchAsync(string executable)
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = executable,
            Args =
            [
                // Containers and build servers run as root, where the sandbox does not.
                "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                // A test reaches this machine and nothing else.
                "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1",
                "--disable-background-networking", "--disable-component-update", "--no-first-run", "--disable-sync", "--disable-default-apps",
            ],
            // Playwright switches it off; people have it on.
            IgnoreDefaultArgs = ["--disable-back-forward-cache"],
        });
        return TestRun.Keep(new Browser(playwright, browser));
    }

    private static string? Find(IEnumerable<string> programs)
    {
        if (Environment.GetEnvironmentVariable(PathVariable) is { Length: > 0 } named)
        {
            return File.Exists(named) ? named : null;
        }

        var folders = Places.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries));
        var names = OperatingSystem.IsWindows() ? programs.Select(name => name + ".exe") : programs;
        return folders.SelectMany(folder => names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }
}
