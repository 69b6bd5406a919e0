using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Pamps.Tests.Http;

/// <summary>The pages of the document in a browser, under the policy that forbids everything from elsewhere.</summary>
public sealed class DocumentPageTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    // Milliseconds; the page and its document are two megabytes.
    private const float Patience = 45_000;

    [Fact]
    public async Task An_operation_is_tried_out_as_who_signed_in()
    {
        var ana = await api.SignedInAs("ana");
        var (page, troubles) = await OpenAsync();
        await page.GotoAsync("/docs");
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByLabel("User name or e-mail").FillAsync(ana.Username);
        await page.GetByLabel("Password").FillAsync("wrong");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not right");
        await Assertions.Expect(page.GetByLabel("User name or e-mail")).ToHaveValueAsync(ana.Username);
        await page.GetByLabel("Password").FillAsync(ana.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(page.GetByText($"Signed in as {ana.Username}")).ToBeVisibleAsync();

        var answer = await TryGetMeAsync(page);

        Assert.Equal(200, answer.Status);
        Assert.Contains($"\"username\":\"{ana.Username}\"", await answer.TextAsync(), StringComparison.Ordinal);
        Assert.Equal("0 0", await page.EvaluateAsync<string>("`${localStorage.length} ${document.cookie.length}`"));

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Sign in" })).ToBeVisibleAsync();
        Assert.Equal(401, (await TryGetMeAsync(page)).Status);
        Assert.Empty(troubles);
    }

    [Fact]
    public async Task The_reference_is_shown()
    {
        var (page, troubles) = await OpenAsync();
        var reached = new ConcurrentQueue<string>();
        page.Response += (_, response) =>
        {
            if (new Uri(response.Url) is { Scheme: "http" or "https" } address && address.Authority != api.Server.Address.Authority)
            {
                reached.Enqueue(response.Url);
            }
        };
        await page.GotoAsync("/redoc");

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Pamps API" }).First).ToBeVisibleAsync();
        Assert.Empty(troubles);
        Assert.Empty(reached);
    }

    private static async Task<IResponse> TryGetMeAsync(IPage page)
    {
        var operation = page.Locator("#operations-Me-GetMe");
        await operation.Locator(".opblock-summary-control").ClickAsync();
        await operation.GetByRole(AriaRole.Button, new() { Name = "Try it out" }).ClickAsync();
        return await page.RunAndWaitForResponseAsync(
            () => operation.GetByRole(AriaRole.Button, new() { Name = "Execute" }).ClickAsync(),
            response => response.Url.EndsWith("/api/v1/me", StringComparison.Ordinal));
    }

    private async Task<(IPage Page, ConcurrentQueue<string> Troubles)> OpenAsync()
    {
        var window = await Browser.OpenAsync(new() { BaseURL = api.Server.Address.ToString() });
        window.SetDefaultTimeout(Patience);
        Assertions.SetDefaultExpectTimeout(Patience);
        var page = await window.NewPageAsync();
        var troubles = new ConcurrentQueue<string>();
        page.PageError += (_, error) => troubles.Enqueue(error);
        page.Console += (_, message) =>
        {
            // A refused status is an answer here; a refusal by the policy is not, except of ReDoc's calls to its makers.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource: the server responded with a status of", StringComparison.Ordinal) &&
                !message.Text.Contains("redoc.ly/", StringComparison.Ordinal) && !message.Text.Contains("redocly.com/", StringComparison.Ordinal))
            {
                troubles.Enqueue(message.Text);
            }
        };
        return (page, troubles);
    }
}
