using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Pamps.Tests.ServiceDefaults;

/// <summary>A small service that has the defaults and nothing else, on a random port.</summary>
internal sealed class ServiceHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ServiceHost(WebApplication app)
    {
        _app = app;
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        Client = new HttpClient { BaseAddress = new Uri(addresses.Addresses.Single()) };
    }

    /// <summary>Talks to the service.</summary>
    public HttpClient Client { get; }

    /// <summary>The service's services.</summary>
    public IServiceProvider Services => _app.Services;

    public static async Task<ServiceHost> StartAsync(
        Action<WebApplicationBuilder>? configure = null, Action<WebApplication>? map = null, string environment = "Development")
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = environment, ApplicationName = "Pamps.Tests" });
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        builder.AddServiceDefaults();
        builder.Logging.SetMinimumLevel(LogLevel.Information);
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseRouting();
        map?.Invoke(app);
        app.MapDefaultEndpoints();
        await app.StartAsync();
        return new ServiceHost(app);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();

        // Disposing alone would dispose the telemetry before the server, and lose the span of a request that is just ending.
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
