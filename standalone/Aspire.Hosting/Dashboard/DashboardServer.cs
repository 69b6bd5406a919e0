using System.Net.Sockets;
using System.Reflection;
using System.Runtime.CompilerServices;
using Aspire.Hosting.ApplicationModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard;

/// <summary>A page on the loopback that shows the resources as they change, runs their commands and follows their output.</summary>
internal sealed class DashboardServer(
    DashboardOptions options,
    DistributedApplicationModel model,
    ResourceNotificationService notifications,
    ResourceLoggerService logs,
    ResourceCommandService commands,
    IServiceProvider services) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly SecretMask _mask = new(model, services.GetServices<ParameterResource>());
    private WebApplication? _app;

    public Uri? LoginUrl => options.LoginUrl;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Urls.Count == 0)
        {
            return;
        }

        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls([.. options.Urls.Select(url => url.GetLeftPart(UriPartial.Authority))]);
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(2));
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        _app = builder.Build();

        var access = new DashboardAccess(options);
        _app.Use(access.CheckAsync);
        var files = new EmbeddedFileProvider(Assembly.GetExecutingAssembly(), "Aspire.Hosting.Dashboard.wwwroot");
        _app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        _app.UseStaticFiles(new StaticFileOptions { FileProvider = files });
        _app.MapGet("/api/resources", Resources);
        _app.MapGet("/api/resources/{id}/logs", Logs);
        _app.MapPost("/api/resources/{id}/commands/{name}", CommandAsync);
        try
        {
            await _app.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException or SocketException)
        {
            throw new DistributedApplicationException(
                $"Port {options.Urls[0].Port} of the dashboard is already in use by another program. End that program, or give the dashboard another address in " +
                "'applicationUrl' of Properties/launchSettings.json.",
                exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        if (Interlocked.Exchange(ref _app, null) is { } app)
        {
            await app.DisposeAsync().ConfigureAwait(false);
        }
    }

    private ServerSentEventsResult<ResourceView> Resources(HttpContext context) => TypedResults.ServerSentEvents(ResourcesAsync(context.RequestAborted));

    private async IAsyncEnumerable<ResourceView> ResourcesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping.Token);
        await foreach (var change in notifications.WatchAsync(ended.Token).ConfigureAwait(false))
        {
            yield return ResourceView.Of(change, _mask, services);
        }
    }

    private Results<ServerSentEventsResult<IReadOnlyList<LogLineView>>, NotFound> Logs(string id, HttpContext context) =>
        notifications.TryGetCurrentState(id, out var current)
            ? TypedResults.ServerSentEvents(LogsAsync(current.Resource.Name, context.RequestAborted))
            : TypedResults.NotFound();

    private async IAsyncEnumerable<IReadOnlyList<LogLineView>> LogsAsync(string name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping.Token);
        await foreach (var batch in ResourceLoggerService.Follow(logs.GetLog(name), ended.Token).ConfigureAwait(false))
        {
            yield return [.. batch.Select(line => new LogLineView(line.LineNumber, line.Content, line.IsErrorMessage))];
        }
    }

    private async Task<JsonHttpResult<ExecuteCommandResult>> CommandAsync(string id, string name, HttpContext context)
    {
        var result = await commands.ExecuteCommandAsync(id, name, context.RequestAborted).ConfigureAwait(false);
        return TypedResults.Json(result);
    }

    /// <summary>The AppHost listens to Ctrl-C; a second listener would stop the page first.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
