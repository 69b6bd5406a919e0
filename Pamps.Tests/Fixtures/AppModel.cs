extern alias AppHost;

using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pamps.ServiceDefaults;

namespace Pamps.Tests.Fixtures;

/// <summary>
/// The app model of the run: the real AppHost on random ports and with data that is thrown away, started once. Most
/// tests need its servers only, so the projects start when somebody asks for them; the site then shows the demo content.
/// </summary>
internal sealed class AppModel : IAsyncDisposable
{
    // For a slow machine that builds something else meanwhile. A start takes a few seconds.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private static readonly Lazy<Task<AppModel>> Run = new(StartAsync);

    private static readonly RecordedLog Log = new();

    // A second site for tests that take its API away: what they do to it disturbs nobody else.
    private const string GatedWeb = "webfrontend-behind-gate";

    private readonly DistributedApplication _application;
    private readonly Lazy<Task<Site>> _site;
    private readonly Lazy<Task<(Site Site, ApiGate Gate)>> _gatedSite;
    private ApiGate? _gate;

    private AppModel(DistributedApplication application)
    {
        _application = application;
        _site = new(StartSiteAsync);
        _gatedSite = new(StartGatedSiteAsync);
    }

    /// <summary>Connection string of Postgres.</summary>
    public static async Task<string> PostgresAsync() => await ConnectionStringAsync(ResourceNames.Database);

    /// <summary>Connection string of Redis.</summary>
    public static async Task<string> RedisAsync() => await ConnectionStringAsync(ResourceNames.Cache);

    /// <summary>The site and the API behind it, as processes of their own; started at the first call.</summary>
    public static async Task<Site> SiteAsync() => await (await Run.Value)._site.Value;

    /// <summary>
    /// Another replica of the site, whose way to the API a test may cut, freeze and break. One test at a time: who takes
    /// it belongs to the collection <see cref="BehindGate"/>.
    /// </summary>
    public static async Task<(Site Site, ApiGate Gate)> GatedSiteAsync() => await (await Run.Value)._gatedSite.Value;

    /// <summary>The collection of the classes that take <see cref="GatedSiteAsync"/>.</summary>
    public const string BehindGate = "The site behind a gate";

    /// <summary>The origins of the outside pages that may embed threads of comments; the site itself goes by another name.</summary>
    public const string Embedders = "http://127.0.0.1:*";

    /// <summary>Content that takes comments of people without an account.</summary>
    public const string GuestContent = "https://guests.example/";

    /// <summary>The same, after approval.</summary>
    public const string ModeratedGuestContent = "https://careful.example/";

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static async Task<string> ConnectionStringAsync(string name)
    {
        var model = await Run.Value;
        return await model._application.GetConnectionStringAsync(name)
            ?? throw new InvalidOperationException($"'{name}' has no connection string.");
    }

    private static async Task<AppModel> StartAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<AppHost::Projects.Pamps_AppHost>(
            ["UseVolumes=false"], limit.Token);
        // A page that gives up on a busy machine is not what a test is about, but behind the gate it is.
        builder.CreateResourceBuilder<ProjectResource>(ResourceNames.Web).WithEnvironment("Embed__Origins__0", Embedders).WithEnvironment("Api__TimeLimit", "00:00:20");
        foreach (var (setting, value) in ((string, string)[])
        [
            ("0__Content__0", GuestContent), ("0__AllowGuests", "true"),
            ("1__Content__0", ModeratedGuestContent), ("1__AllowGuests", "true"), ("1__Moderated", "true"),
        ])
        {
            builder.CreateResourceBuilder<ProjectResource>(ResourceNames.ApiService).WithEnvironment($"Comments__Sites__{setting}", value);
        }

        AppModel? model = null;
        builder.AddProject<AppHost::Projects.Pamps_Web>(GatedWeb)
            .WithReference(builder.CreateResourceBuilder<RedisResource>(ResourceNames.Cache))
            .WithHttpHealthCheck("/alive")
            .WithEnvironment($"services__{ResourceNames.ApiService}__http__0", () => model!._gate!.Address.ToString());
        foreach (var project in (string[])[ResourceNames.Migrations, ResourceNames.ApiService, ResourceNames.Web, GatedWeb])
        {
            builder.CreateResourceBuilder<ProjectResource>(project).WithExplicitStart();
        }

        // What the services write would bury what the tests say; it is shown when a start fails.
        builder.Services.AddLogging(logging => logging.ClearProviders().AddProvider(Log));

        // The tests of a run register hundreds of accounts from one address.
        builder.CreateResourceBuilder<ProjectResource>(ResourceNames.ApiService)
            .WithEnvironment("RateLimits__Enabled", "false")
            // Hashing is slow on purpose; hundreds of sign-ups per run need not be.
            .WithEnvironment("Passwords__Iterations", "1000");

        model = TestRun.Keep(new AppModel(await builder.BuildAsync(limit.Token)));
        await model._application.StartAsync(limit.Token);
        try
        {
            await model.WaitUntilHealthyAsync(ResourceNames.Database, limit.Token);
            await model.WaitUntilHealthyAsync(ResourceNames.Cache, limit.Token);
        }
        catch (DistributedApplicationException exception)
        {
            throw new PrerequisiteMissingException($"Postgres or Redis does not start: {exception.Message}\n{LastLines()}", exception);
        }

        return model;
    }

    private async Task<Site> StartSiteAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        foreach (var project in (string[])[ResourceNames.Migrations, ResourceNames.ApiService, ResourceNames.Web])
        {
            var result = await _application.ResourceCommands.ExecuteCommandAsync(project, KnownResourceCommands.StartCommand, limit.Token);
            Assert.True(result.Success, $"{project}: {result.Message}");
        }

        try
        {
            await WaitUntilHealthyAsync(ResourceNames.ApiService, limit.Token);
            await WaitUntilHealthyAsync(ResourceNames.Web, limit.Token);
        }
        catch (Exception exception) when (exception is DistributedApplicationException or OperationCanceledException)
        {
            throw new InvalidOperationException($"The site does not start: {exception.Message}\n{LastLines()}", exception);
        }

        return new Site(_application.GetEndpoint(ResourceNames.Web, "http"), _application.GetEndpoint(ResourceNames.ApiService, "http"));
    }

    private async Task<(Site Site, ApiGate Gate)> StartGatedSiteAsync()
    {
        var site = await _site.Value;
        using var limit = new CancellationTokenSource(Limit);
        _gate = TestRun.Keep(await ApiGate.OpenAsync(site.Api));
        var result = await _application.ResourceCommands.ExecuteCommandAsync(GatedWeb, KnownResourceCommands.StartCommand, limit.Token);
        Assert.True(result.Success, $"{GatedWeb}: {result.Message}");
        await WaitUntilHealthyAsync(GatedWeb, limit.Token);
        return (new Site(_application.GetEndpoint(GatedWeb, "http"), site.Api), _gate);
    }

    private static string LastLines() => string.Join('\n', Log.Lines.TakeLast(60));

    private async Task WaitUntilHealthyAsync(string name, CancellationToken cancellationToken) =>
        await _application.ResourceNotifications.WaitForResourceHealthyAsync(name, WaitBehavior.StopOnResourceUnavailable, cancellationToken);

    /// <summary>Where the running site is.</summary>
    /// <param name="Web">The site.</param>
    /// <param name="Api">The API that it calls.</param>
    internal sealed record Site(Uri Web, Uri Api);
}
