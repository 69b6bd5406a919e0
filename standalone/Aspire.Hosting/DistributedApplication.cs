using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.ConsoleOutput;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Orchestration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>An application made of several processes, ready to start.</summary>
public class DistributedApplication : IHost, IAsyncDisposable
{
    private readonly IHost _host;
    private readonly EntryPointHook? _hook;
    private bool _isStarted;
    private bool _isStopped;

    internal DistributedApplication(IHost host, EntryPointHook? hook)
    {
        _host = host;
        _hook = hook;
    }

    /// <summary>The services of the AppHost.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>Knows the state of every resource.</summary>
    public ResourceNotificationService ResourceNotifications => Services.GetRequiredService<ResourceNotificationService>();

    /// <summary>Runs the commands of resources.</summary>
    public ResourceCommandService ResourceCommands => Services.GetRequiredService<ResourceCommandService>();

    internal bool IsStarted => _isStarted;

    /// <summary>Begins the description of an application.</summary>
    public static IDistributedApplicationBuilder CreateBuilder() => CreateBuilder([]);

    /// <summary>Begins the description of an application.</summary>
    /// <param name="args">The command-line arguments.</param>
    public static IDistributedApplicationBuilder CreateBuilder(string[] args) => CreateBuilder(new DistributedApplicationOptions { Args = args });

    /// <summary>Begins the description of an application.</summary>
    /// <param name="options">Its settings.</param>
    public static IDistributedApplicationBuilder CreateBuilder(DistributedApplicationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new DistributedApplicationBuilder(options);
    }

    /// <summary>Starts the application and returns when it has stopped.</summary>
    public void Run() => RunAsync().GetAwaiter().GetResult();

    /// <summary>Starts the application and completes when it has stopped.</summary>
    public virtual Task RunAsync(CancellationToken cancellationToken = default) =>
        _hook is null ? ApplicationRun.RunAsync(this, cancellationToken) : _hook.MayReturn.Task.WaitAsync(cancellationToken);

    /// <summary>Starts the application; completes when every resource runs or has failed to start.</summary>
    public virtual async Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (Services.GetRequiredService<DistributedApplicationExecutionContext>().IsPublishMode)
        {
            throw new DistributedApplicationException("The standalone engine runs the application; it cannot publish it. Use the real Aspire packages for that.");
        }

        Services.GetService<ResourceLogForwarder>()?.Start();
        var dashboard = Services.GetRequiredService<DashboardServer>();
        await dashboard.StartAsync(cancellationToken).ConfigureAwait(false);
        Services.GetService<ConsoleReporter>()?.Start(dashboard.LoginUrl);
        await _host.StartAsync(cancellationToken).ConfigureAwait(false);
        _isStarted = true;
        var lifetime = Services.GetRequiredService<IHostApplicationLifetime>();
        using var starting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        await Services.GetRequiredService<AppOrchestrator>().StartAsync(starting.Token).ConfigureAwait(false);
    }

    /// <summary>Stops the application: first what nothing depends on, last the servers.</summary>
    public virtual async Task StopAsync(CancellationToken cancellationToken = default)
    {
        if (_isStarted && !_isStopped)
        {
            _isStopped = true;
            await Services.GetRequiredService<AppOrchestrator>().StopAsync().ConfigureAwait(false);
            await Services.GetRequiredService<DashboardServer>().DisposeAsync().ConfigureAwait(false);
            await _host.StopAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc />
    public virtual void Dispose()
    {
        DisposeAsync().AsTask().GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc />
    public virtual async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        if (_host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync().ConfigureAwait(false);
        }

        _hook?.MayReturn.TrySetResult();
        GC.SuppressFinalize(this);
    }
}
