using System.Net;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestration;

namespace Pamps.Tests.AppHost.Standalone;

/// <summary>The page at the AppHost's address: who gets in, what it tells, what it hides.</summary>
public sealed class DashboardTests
{
    private const string Token = "let-me-in";

    [Fact]
    public async Task Only_the_printed_address_lets_a_browser_in()
    {
        await using var dashboard = await StartAsync();
        using var stranger = Client(dashboard.Address);

        using var refused = await stranger.GetAsync("/");
        using var wrong = await stranger.GetAsync("/login?t=guess");
        using var stillRefused = await stranger.GetAsync("/api/resources", HttpCompletionOption.ResponseHeadersRead);
        using var signedIn = await stranger.GetAsync($"/login?t={Token}");
        using var page = await stranger.GetAsync("/");

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (refused.StatusCode, stillRefused.StatusCode));
        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (wrong.StatusCode, signedIn.StatusCode));
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("<title>Dashboard</title>", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_foreign_host_name_is_refused()
    {
        await using var dashboard = await StartAsync();
        using var client = await SignedInAsync(dashboard);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "dashboard.example.org" } };

        using var answer = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Changes_are_streamed_without_secrets()
    {
        await using var dashboard = await StartAsync();
        using var client = await SignedInAsync(dashboard);

        var change = await ReadUntilAsync(client, "/api/resources", "\"CONNECTION\"");

        Assert.Contains("\"id\":\"server\"", change, StringComparison.Ordinal);
        Assert.Contains("\"name\":\"PLAIN\",\"value\":\"open\"", change, StringComparison.Ordinal);
        Assert.Contains("\"name\":\"CONNECTION\",\"value\":null,\"isMasked\":true", change, StringComparison.Ordinal);
        Assert.Contains("\"name\":\"ConnectionStrings__cache\",\"value\":null,\"isMasked\":true", change, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden-value", change, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_is_streamed_line_by_line()
    {
        await using var dashboard = await StartAsync();
        using var client = await SignedInAsync(dashboard);

        var lines = await ReadUntilAsync(client, "/api/resources/server/logs", "whoops");
        using var unknown = await client.GetAsync("/api/resources/nobody/logs");

        Assert.Contains("\"isError\":true", lines, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task Commands_need_the_header_that_only_the_page_sends()
    {
        await using var dashboard = await StartAsync();
        using var client = await SignedInAsync(dashboard);
        const string Stop = "/api/resources/server/commands/stop";

        using var forged = await client.PostAsync(Stop, content: null);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);

        client.DefaultRequestHeaders.Add("X-Dashboard-Command", "1");
        using var stopped = await client.PostAsync(Stop, content: null);
        Assert.Equal(HttpStatusCode.OK, stopped.StatusCode);
        Assert.Equal(KnownResourceStates.Finished, (await dashboard.Model.EndOfAsync("server")).State?.Text);
    }

    private static async Task<RunningDashboard> StartAsync()
    {
        var address = new Uri($"http://localhost:{PortAllocator.Free()}");
        var model = new AppModel(
            [$"--ASPNETCORE_URLS={address}", "--ASPIRE_ALLOW_UNSECURED_TRANSPORT=true", $"--AppHost:BrowserToken={Token}", "--DcpPublisher:RandomizePorts=true"],
            dashboard: true);
        var secret = model.Builder.AddParameter("key", "hidden-value", secret: true);
        model.AddShell("server", "echo fine; echo whoops >&2; sleep 1000")
            .WithReference(model.Builder.AddRedis("cache").WithExplicitStart())
            .WithEnvironment("PLAIN", "open")
            .WithEnvironment("CONNECTION", $"Host=x;Key={secret}");
        return new RunningDashboard(await model.StartAsync(), address);
    }

    private static HttpClient Client(Uri address) => new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = address };

    private static async Task<HttpClient> SignedInAsync(RunningDashboard dashboard)
    {
        var client = Client(dashboard.Address);
        using var answer = await client.GetAsync($"/login?t={Token}");
        return client;
    }

    private static async Task<string> ReadUntilAsync(HttpClient client, string path, string text)
    {
        using var limit = new CancellationTokenSource(AppModel.Limit);
        await using var stream = await client.GetStreamAsync(path, limit.Token);
        using var reader = new StreamReader(stream);
        var read = "";
        while (!read.Contains(text, StringComparison.Ordinal))
        {
            read += await reader.ReadLineAsync(limit.Token) ?? throw new EndOfStreamException($"'{text}' never came:\n{read}");
        }

        return read;
    }

    private sealed record RunningDashboard(AppModel Model, Uri Address) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Model.DisposeAsync();
    }
}
