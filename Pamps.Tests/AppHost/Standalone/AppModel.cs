using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestration;
using Microsoft.Extensions.DependencyInjection;

namespace Pamps.Tests.AppHost.Standalone;

/// <summary>Builds small app models and starts them in this process, each with a data folder of its own that goes away with it.</summary>
internal sealed class AppModel : IAsyncDisposable
{
    /// <summary>How long a state may take. Generous: it is only used up when the test fails.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly bool _ownsDataFolder;
    private DistributedApplication? _app;

    public AppModel(string[]? args = null, string? dataFolder = null, bool dashboard = false)
    {
        _ownsDataFolder = dataFolder is null;
        DataFolder = dataFolder ?? CreateDataFolder();
        Builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            Args = [$"--Standalone:DataFolder={DataFolder}", .. args ?? ["--DcpPublisher:RandomizePorts=true"]],
            DisableDashboard = !dashboard,
        });
    }

    public string DataFolder { get; }

    public IDistributedApplicationBuilder Builder { get; }

    public DistributedApplication App => _app ??= Builder.Build();

    public ResourceNotificationService States => App.ResourceNotifications;

    public AppHostStorage Storage => App.Services.GetRequiredService<AppHostStorage>();

    /// <summary>A folder that a server of another user may go through, as the user's own data folder is.</summary>
    public static string CreateDataFolder()
    {
        var folder = Directory.CreateTempSubdirectory("pamps-").FullName;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }

        return folder;
    }

    /// <summary>A command of the shell as a resource.</summary>
    public IResourceBuilder<ExecutableResource> AddShell(string name, string script) => Builder.AddExecutable(name, "sh", ".", "-c", script);

    public async Task<AppModel> StartAsync()
    {
        await App.StartAsync().WaitAsync(Limit);
        return this;
    }

    public Task<ResourceEvent> WaitForAsync(string name, Func<CustomResourceSnapshot, bool> condition) =>
        States.WaitForResourceAsync(name, e => condition(e.Snapshot)).WaitAsync(Limit);

    /// <summary>The end of a resource, whichever it is.</summary>
    public async Task<CustomResourceSnapshot> EndOfAsync(string name) =>
        (await WaitForAsync(name, s => KnownResourceStates.TerminalStates.Contains(s.State?.Text))).Snapshot;

    /// <summary>What a resource has written so far, the engine's own lines among them.</summary>
    public string LogOf(string name) => string.Join('\n', App.Services.GetRequiredService<ResourceLoggerService>().GetLog(name).Snapshot().Select(l => l.Content));

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        if (_ownsDataFolder)
        {
            Directory.Delete(DataFolder, recursive: true);
        }
    }
}
