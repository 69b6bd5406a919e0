using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Pamps.Tests.Benchmarks;

/// <summary>A server under measurement, as a process of its own on a random port of this machine.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>Megabytes of resident memory now.</summary>
    public long MegabytesResident
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / (1024 * 1024);
        }
    }

    /// <summary>Processor time so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Runs a program to its end, which must be a good one.</summary>
    public static async Task RunAsync(string assembly, string[] arguments, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet", [assembly, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', arguments)}: {string.Concat(await output)}");
        }
    }

    /// <summary>Starts a server and waits until it answers.</summary>
    /// <param name="assembly">What to run.</param>
    /// <param name="arguments">Its arguments, which may need its address.</param>
    /// <param name="environment">Its settings.</param>
    /// <param name="probe">A path that answers with success.</param>
    /// <param name="secureAddress">Where it listens with TLS as well; its certificate is among the settings.</param>
    public static async Task<ServerProcess> StartAsync(string assembly, Func<Uri, string[]> arguments, Dictionary<string, string> environment, string probe, Uri? secureAddress = null)
    {
        var address = FreeAddress("http");
        var start = new ProcessStartInfo("dotnet", [assembly, .. arguments(address)]) { RedirectStandardOutput = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["ASPNETCORE_URLS"] = secureAddress is null ? address.ToString() : $"{address};{secureAddress}";
        var server = new ServerProcess(Process.Start(start)!, address);
        _ = server._process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        using var http = new HttpClient { BaseAddress = address };
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var look = 0; look < 300; look++)
        {
            await timer.WaitForNextTickAsync();
            try
            {
                if ((await http.GetAsync(new Uri(probe, UriKind.Relative))).IsSuccessStatusCode)
                {
                    return server;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
        }

        server.Dispose();
        throw new InvalidOperationException($"{assembly} did not start.");
    }

    /// <summary>An address of this machine where nothing listens now.</summary>
    public static Uri FreeAddress(string scheme)
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return new Uri($"{scheme}://127.0.0.1:{((IPEndPoint)socket.LocalEndpoint).Port}");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
