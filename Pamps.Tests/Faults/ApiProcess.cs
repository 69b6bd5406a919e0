using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Pamps.ApiService.Data;
using Xunit.Sdk;

namespace Pamps.Tests.Faults;

/// <summary>The built API as a process of its own, which can be killed and started again at the same address.</summary>
/// <param name="settings">Its configuration.</param>
internal sealed class ApiProcess(IReadOnlyDictionary<string, string?> settings) : IAsyncDisposable
{
    // Below the ports that systems give to outgoing connections, one of which could take the place between two starts.
    private const int FirstPort = 20_000;
    private const int Ports = 10_000;

    private static int _next = Environment.ProcessId;

    private readonly int _port = FreePort();
    private KillableProcess? _process;

    /// <summary>Where it listens.</summary>
    public Uri Address => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}"));

    /// <summary>What it wrote since its last start.</summary>
    public string Output => _process?.Output ?? "";

    /// <summary>A client without cookies and redirects.</summary>
    /// <param name="token">The bearer token to send.</param>
    public HttpClient Connect(string? token = null)
    {
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = Address,
            Timeout = TimeSpan.FromSeconds(60),
        };
        if (token is not null)
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return http;
    }

    /// <summary>Starts it, without waiting until it listens: its work in the background may begin earlier.</summary>
    public void Launch()
    {
        var environment = new Dictionary<string, string?>
        {
            ["ASPNETCORE_URLS"] = Address.ToString(),
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["DOTNET_ENVIRONMENT"] = null,
            ["PORT"] = null,
            // It lives for seconds: code is not worth being watched and improved.
            ["DOTNET_TieredPGO"] = "0",
            ["HealthEndpoints__Enabled"] = "true",
            ["Logging__LogLevel__Default"] = "Warning",
        };
        foreach (var (key, value) in settings)
        {
            environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        _process = KillableProcess.Start("dotnet", [typeof(PampsDbContext).Assembly.Location], environment);
    }

    /// <summary>Starts it and waits until it answers.</summary>
    public async Task StartAsync()
    {
        Launch();
        await WaitAsync();
    }

    /// <summary>Waits until it answers.</summary>
    public async Task WaitAsync()
    {
        using var http = Connect();
        await Eventually.Be(
            async () =>
            {
                if (_process!.HasExited)
                {
                    throw new XunitException($"The API has ended by itself:\n{Output}");
                }

                try
                {
                    using var response = await http.GetAsync(new Uri("/alive", UriKind.Relative));
                    return response.IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            answers => answers);
    }

    /// <summary>Ends it as a crash would.</summary>
    public Task KillAsync() => _process!.KillAsync();

    /// <summary>Asks it to end; returns its exit code.</summary>
    public Task<int> TerminateAsync() => _process!.TerminateAsync();

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _process?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static int FreePort()
    {
        while (true)
        {
            var port = FirstPort + (int)((uint)Interlocked.Increment(ref _next) * 7 % Ports);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody is there.
            }
        }
    }
}
