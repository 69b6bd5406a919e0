using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Npgsql;

namespace Pamps.Tests.Benchmarks;

/// <summary>The built API as a process of its own, so that its memory is its own.</summary>
internal sealed class ApiProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ApiProcess(Process process, HttpClient client)
    {
        _process = process;
        Client = client;
    }

    /// <summary>A client without credentials until <see cref="SignInAsync"/>.</summary>
    public HttpClient Client { get; }

    /// <summary>The most memory it ever had, in megabytes (Linux): <c>VmHWM</c>; now: <c>VmRSS</c>; or now, of program files alone: <c>RssFile</c>.</summary>
    public double Megabytes(string measure) => File.ReadLines($"/proc/{_process.Id}/status").Where(line => line.StartsWith(measure, StringComparison.Ordinal))
        .Select(line => double.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024).Single();

    /// <summary>Processor time it has used.</summary>
    public TimeSpan CpuTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>A port that nobody listens on at the moment.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static async Task<ApiProcess> StartAsync(int port, IReadOnlyDictionary<string, string> settings)
    {
        // The API's own build output, beside that of this program.
        var file = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Pamps.ApiService", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "Pamps.ApiService.dll"));
        var start = new ProcessStartInfo("dotnet", [file]) { RedirectStandardOutput = true, WorkingDirectory = Path.GetDirectoryName(file)! };
        start.Environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}";
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        foreach (var (key, value) in settings)
        {
            start.Environment[key] = value;
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginOutputReadLine();
        var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromMinutes(5) };
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        for (var i = 0; i < 300; i++)
        {
            await timer.WaitForNextTickAsync();
            try
            {
                using var response = await client.GetAsync(new Uri("/alive", UriKind.Relative));
                return new ApiProcess(process, client);
            }
            catch (HttpRequestException) when (!process.HasExited)
            {
                // Not listening yet.
            }
        }

        throw new InvalidOperationException("The API does not start.");
    }

    /// <summary>Registers a billing operator and takes its rights from now on.</summary>
    public async Task SignInAsync(string connectionString)
    {
        using var registered = await Client.PostAsJsonAsync("/api/v1/accounts", new { username = "operator", email = "operator@example.com", password = "correct horse battery staple" });
        if (registered.StatusCode != HttpStatusCode.Conflict)
        {
            registered.EnsureSuccessStatusCode();
        }

        await using (var connection = new NpgsqlConnection(connectionString))
        {
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand("update accounts set billing_operator = true", connection);
            await command.ExecuteNonQueryAsync();
        }

        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "password",
            ["username"] = "operator",
            ["password"] = "correct horse battery staple",
            ["scope"] = "read billing:read billing:write",
        });
        using var response = await Client.PostAsync(new Uri("/api/v1/oauth/token", UriKind.Relative), form);
        response.EnsureSuccessStatusCode();
        var tokens = await response.Content.ReadFromJsonAsync<JsonElement>();
        var token = tokens.EnumerateObject().First(member => member.Name.Replace("_", "", StringComparison.Ordinal).Equals("accesstoken", StringComparison.OrdinalIgnoreCase));
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Value.GetString());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }
}
