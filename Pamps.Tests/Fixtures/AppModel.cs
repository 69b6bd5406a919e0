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

    private readonly DistributedApplication _application;
    private readonly Lazy<Task<Site>> _site;

    private AppModel(DistributedApplication application)
    {
        _application = application;
        _site = new(StartSiteAsync);
    }

    /// <summary>Connection string of Postgres.</summary>
    public static async Task<string> PostgresAsync() => await ConnectionStringAsync(ResourceNames.Database);

    /// <summary>Connection string of Redis.</summary>
    public static async Task<string> RedisAsync() => await ConnectionStringAsync(ResourceNames.Cache);

    /// <summary>The site and the API behind it, as processes of their own; started at the first call.</summary>
    public static async Task<Site> SiteAsync() => await (await Run.Value)._site.Value;

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
        foreach (var project in (string[])[ResourceNames.Migrations, ResourceNames.ApiService, ResourceNames.Web])
        {
            builder.CreateResourceBuilder<ProjectResource>(project).WithExplicitStart();
        }

        // What the services write would bury what the tests say; it is shown when a start fails.
        builder.Services.AddLogging(logging => logging.ClearProviders().AddProvider(Log));

        // The tests of a run register hundreds of accounts from one address.
        builder.CreateResourceBuilder<ProjectResource>(ResourceNames.ApiService).WithEnvironment("RateLimits__Enabled", "false");

        var model = TestRun.Keep(new AppModel(await builder.BuildAsync(limit.Token)));
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

    private static string LastLines() => string.Join('\n', Log.Lines.TakeLast(60));

    private async Task WaitUntilHealthyAsync(string name, CancellationToken cancellationToken) =>
        await _application.ResourceNotifications.WaitForResourceHealthyAsync(name, WaitBehavior.StopOnResourceUnavailable, cancellationToken);

    /// <summary>Where the running site is.</summary>
    /// <param name="Web">The site.</param>
    /// <param name="Api">The API that it calls.</param>
    internal sealed record Site(Uri Web, Uri Api);
}
