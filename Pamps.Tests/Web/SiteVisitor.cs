using System.Collections.Concurrent;
using Microsoft.Playwright;
using Pamps.ApiService.Contracts;

namespace Pamps.Tests.Web;

/// <summary>Somebody before a browser, and what people do on the site. Written against roles and names, as people find things.</summary>
internal sealed class SiteVisitor : IAsyncDisposable
{
    // Milliseconds. A page takes a fraction of a second, on a busy machine a few.
    private const float Patience = 45_000;

    private readonly IBrowserContext _window;
    private readonly ConcurrentQueue<string> _troubles = new();

    private SiteVisitor(IBrowserContext window, IPage page)
    {
        _window = window;
        Page = page;
        page.Console += (_, message) => Note(message.Type == "error" && !IsExpectedStatus(message.Text), $"console: {message.Text}");
        page.PageError += (_, error) => Note(true, $"script: {error}");
        page.RequestFailed += (_, request) => Note(!IsGivenUp(request), $"request: {request.Method} {request.Url} {request.Failure}");
    }

    /// <summary>Takes note of what went wrong so far, for the next page to begin with nothing.</summary>
    public IReadOnlyList<string> TakeTroubles()
    {
        var taken = _troubles.ToList();
        _troubles.Clear();
        return taken;
    }

    /// <summary>The page looked at.</summary>
    public IPage Page { get; }

    /// <summary>The name after <see cref="RegisterAsync"/>.</summary>
    public string Username { get; private set; } = "";

    /// <summary>What went wrong in the browser so far: errors of scripts, refusals by the security policy, requests without an answer.</summary>
    public IReadOnlyCollection<string> Troubles => _troubles;

    /// <summary>Opens a window on the site.</summary>
    /// <param name="look">How.</param>
    /// <param name="storage">Cookies from <see cref="KeepAsync"/>.</param>
    /// <param name="site">Another site than the one everybody shares.</param>
    /// <param name="whole">In the whole browser, which keeps pages for Back.</param>
    public static async Task<SiteVisitor> ArriveAsync(Look? look = null, string? storage = null, AppModel.Site? site = null, bool whole = false)
    {
        site ??= await AppModel.SiteAsync();
        var window = await Browser.OpenAsync((look ?? new Look()).Options(site.Web, storage), whole);
        window.SetDefaultTimeout(Patience);
        Assertions.SetDefaultExpectTimeout(Patience);
        return new SiteVisitor(window, await window.NewPageAsync());
    }

    /// <summary>Goes to an address.</summary>
    /// <param name="path">Path and query.</param>
    public async Task<IResponse> GoAsync(string path) =>
        await Page.GotoAsync(path) ?? throw new InvalidOperationException($"{path} gave no answer.");

    /// <summary>Creates an account, which signs in too.</summary>
    /// <param name="name">How the user name begins.</param>
    public async Task<RegisterAccountRequest> RegisterAsync(string name)
    {
        // The site's database lives as long as the run, so the number of the run's names is enough.
        var registration = new RegisterAccountRequestBuilder().Named(ApiFixture.Unique(name)).Build();
        await GoAsync("/register");
        await Page.GetByLabel("User name", new() { Exact = true }).FillAsync(registration.Username);
        await Page.GetByLabel("E-mail", new() { Exact = true }).FillAsync(registration.Email);
        await Page.GetByLabel("Password", new() { Exact = true }).FillAsync(registration.Password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();
        await Assertions.Expect(Composer).ToBeVisibleAsync();
        Username = registration.Username;
        return registration;
    }

    /// <summary>Signs in.</summary>
    /// <param name="username">The user name.</param>
    /// <param name="password">The password.</param>
    public async Task SignInAsync(string username, string password)
    {
        await GoAsync("/sign-in");
        await Page.Locator("input[name=username]").FillAsync(username);
        await Page.Locator("input[name=password]").FillAsync(password);
        await Page.Locator("main form[method=post] button[type=submit]").ClickAsync();
        await Page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        Username = username;
    }

    /// <summary>Follows somebody from the profile.</summary>
    /// <param name="username">Whom.</param>
    public async Task FollowAsync(string username)
    {
        await GoAsync($"/@{username}");
        var follow = Page.GetByRole(AriaRole.Button, new() { Name = $"Follow @{username}", Exact = true });
        await follow.ClickAsync();
        await Assertions.Expect(follow).ToHaveAttributeAsync("aria-pressed", "true");
    }

    /// <summary>Publishes a post from the home page.</summary>
    /// <param name="text">The text.</param>
    public async Task PostAsync(string text)
    {
        await GoAsync("/");
        await Composer.FillAsync(text);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Post", Exact = true }).ClickAsync();
        await Assertions.Expect(PostWith(text)).ToBeVisibleAsync();
    }

    /// <summary>The post that says something.</summary>
    /// <param name="text">Part of its text.</param>
    public ILocator PostWith(string text) => Page.GetByRole(AriaRole.Article).Filter(new() { HasText = text });

    /// <summary>The cookies, for another window of the same person.</summary>
    public Task<string> KeepAsync() => _window.StorageStateAsync();

    public ValueTask DisposeAsync() => _window.DisposeAsync();

    private ILocator Composer => Page.GetByRole(AriaRole.Textbox, new() { Name = "Text of the post" });

    // The browser writes the status of every answer that is no success into the console; tests assert it themselves.
    private static bool IsExpectedStatus(string text) => text.StartsWith("Failed to load resource: the server responded with a status of", StringComparison.Ordinal);

    // Leaving a page gives up what it was still loading.
    private static bool IsGivenUp(IRequest request) => request.Failure is "net::ERR_ABORTED";

    private void Note(bool trouble, string text)
    {
        if (trouble)
        {
            _troubles.Enqueue(text);
        }
    }
}
