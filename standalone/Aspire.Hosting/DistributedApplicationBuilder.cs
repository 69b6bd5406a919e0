using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Orchestration;
using Aspire.Hosting.Processes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

internal sealed class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly HostApplicationBuilder _host;
    private readonly EntryPointHook? _hook = EntryPointHook.Current;

    public DistributedApplicationBuilder(DistributedApplicationOptions options)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new DistributedApplicationException("The standalone engine runs on Linux and macOS. On Windows build with -p:PampsEngine=aspire and a container engine.");
        }

        AppHostAssembly = _hook?.AppHost ?? (options.AssemblyName is { } name ? Assembly.Load(name) : Assembly.GetEntryAssembly());
        AppHostDirectory = _hook?.ProjectFolder ?? options.ProjectFolder ?? Metadata(AppHostAssembly, "apphostprojectpath") ?? Directory.GetCurrentDirectory();
        var settings = AppHostSettings.Create(options.Args ?? [], AppHostDirectory, isTest: _hook is not null);
        _host = new HostApplicationBuilder(new HostApplicationBuilderSettings
        {
            Args = options.Args,
            ContentRootPath = AppHostDirectory,
            ApplicationName = AppHostAssembly?.GetName().Name,
            EnvironmentName = settings.EnvironmentName,
        });
        ((IConfigurationBuilder)_host.Configuration).Sources.Insert(0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource { InitialData = settings.Defaults });

        var isPublish = string.Equals(_host.Configuration["operation"], "publish", StringComparison.OrdinalIgnoreCase);
        ExecutionContext = new DistributedApplicationExecutionContext(isPublish ? DistributedApplicationOperation.Publish : DistributedApplicationOperation.Run);
        UsesDashboard = _hook is null && !options.DisableDashboard && ExecutionContext.IsRunMode;
        AddServices(options);
    }

    public ConfigurationManager Configuration => _host.Configuration;

    public string AppHostDirectory { get; }

    public Assembly? AppHostAssembly { get; }

    public IHostEnvironment Environment => _host.Environment;

    public IServiceCollection Services => _host.Services;

    public IDistributedApplicationEventing Eventing { get; } = new DistributedApplicationEventing();

    public DistributedApplicationExecutionContext ExecutionContext { get; }

    public IResourceCollection Resources { get; } = new ResourceCollection();

    public bool UsesDashboard { get; }

    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(resource);
        if (Resources.TryGetByName(resource.Name, out var existing))
        {
            throw new DistributedApplicationException(
                $"Cannot add resource of type '{resource.GetType()}' with name '{resource.Name}' because resource of type '{existing.GetType()}' with that name already exists. Resource names are case-insensitive.");
        }

        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource => new ResourceBuilder<T>(this, resource);

    public DistributedApplication Build()
    {
        if (_hook is not null)
        {
            // The test changes the model on its own thread; this one, the entry point's, has nothing else to do.
            _hook.Described.TrySetResult(this);
            _hook.MayBuild.Task.GetAwaiter().GetResult();
        }

        var duplicates = Resources.GroupBy(r => r.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1);
        if (duplicates is not null)
        {
            throw new DistributedApplicationException($"Multiple resources with the name '{duplicates.Key}'. Resource names are case-insensitive.");
        }

        DependencyOrder.CheckForCycles(Resources);
        ProcessCommands.AddTo(this);
        var application = new DistributedApplication(_host.Build(), _hook);
        _hook?.Built.TrySetResult(application);
        return application;
    }

    private static string? Metadata(Assembly? assembly, string key) => assembly?.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(a => string.Equals(a.Key, key, StringComparison.OrdinalIgnoreCase))?.Value;

    private void AddServices(DistributedApplicationOptions options)
    {
        var isTest = _hook is not null;
        Services.TryAddSingleton(TimeProvider.System);
        Services.Configure<ConsoleLifetimeOptions>(o => o.SuppressStatusMessages = true);
        Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(60));
        Services.Configure<ResourceNotificationServiceOptions>(o => o.DefaultWaitBehavior =
            UsesDashboard ? WaitBehavior.WaitOnResourceUnavailable : WaitBehavior.StopOnResourceUnavailable);
        Services.AddSingleton(ExecutionContext);
        Services.AddSingleton(Eventing);
        Services.AddSingleton(Resources);
        Services.AddSingleton(new DistributedApplicationModel(Resources));
        Services.AddSingleton(services => new ResourceNotificationService(services));
        Services.AddSingleton(services => new ResourceLoggerService(services.GetRequiredService<TimeProvider>()));
        Services.AddSingleton(services => new ResourceCommandService(services));
        Services.AddSingleton(new AppHostStorage(
            AppHostDirectory, AppHostAssembly?.GetName().Name ?? "apphost", Configuration, keepsSecrets: !isTest));
        Services.AddSingleton<ProcessKeeper>();
        Services.AddSingleton<WaitGate>();
        Services.AddSingleton<OtlpTarget>();
        Services.AddSingleton<ResourceEnvironment>();
        Services.AddSingleton(services => ActivatorUtilities.CreateInstance<ResourceLauncher>(services, AppHostAssembly ?? typeof(DistributedApplicationBuilder).Assembly));
        Services.AddSingleton<AppOrchestrator>();
        Services.AddSingleton(Dashboard.DashboardOptions.Read(Configuration, UsesDashboard, options.AllowUnsecuredTransport));
        Services.AddSingleton<Dashboard.DashboardServer>();
        Services.AddHealthChecks();
        Services.AddHttpClient();

        // A service that is still starting fails its checks; the state says so, the log need not.
        _host.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        _host.Logging.AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);
        if (isTest || options.EnableResourceLogging)
        {
            Services.AddSingleton<ConsoleOutput.ResourceLogForwarder>();
        }

        if (!isTest)
        {
            _host.Logging.ClearProviders();
            Services.AddSingleton<ConsoleOutput.ConsoleReporter>();
            Services.AddSingleton<ILoggerProvider, ConsoleOutput.ConsoleReporterLoggerProvider>();
        }
    }
}
