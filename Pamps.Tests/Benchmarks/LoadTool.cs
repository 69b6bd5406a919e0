using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Pamps.Tests.Benchmarks;

/// <summary>Asks for one address as fast as it is answered: with wrk where it is installed, else with a loop of our own, and says which.</summary>
internal sealed partial class LoadTool(BenchmarkOptions options)
{
    private bool _hasWrk = true;

    public string Name => _hasWrk ? "wrk" : "own loop";

    /// <summary>Answers per second.</summary>
    public async Task<double> MeasureAsync(Uri address, IReadOnlyDictionary<string, string> headers)
    {
        if (_hasWrk)
        {
            try
            {
                return await WithWrkAsync(address, headers);
            }
            catch (Win32Exception)
            {
                _hasWrk = false;
            }
        }

        return await WithLoopAsync(address, headers);
    }

    private async Task<double> WithWrkAsync(Uri address, IReadOnlyDictionary<string, string> headers)
    {
        var start = new ProcessStartInfo("wrk", ["-t1", $"-c{options.Connections}", $"-d{options.Seconds}s", .. headers.SelectMany(header => (string[])["-H", $"{header.Key}: {header.Value}"]), address.ToString()])
        {
            RedirectStandardOutput = true,
        };
        using var wrk = Process.Start(start)!;
        var output = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        if (output.Contains("Non-2xx", StringComparison.Ordinal) && !headers.ContainsKey("If-None-Match"))
        {
            throw new InvalidOperationException(output);
        }

        return double.Parse(Rate().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    private async Task<double> WithLoopAsync(Uri address, IReadOnlyDictionary<string, string> headers)
    {
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = options.Connections });
        foreach (var (name, value) in headers)
        {
            http.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        }

        var answers = 0;
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, options.Connections).Select(async _ =>
        {
            while (Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(options.Seconds))
            {
                using var response = await http.GetAsync(address);
                await response.Content.ReadAsByteArrayAsync();
                Interlocked.Increment(ref answers);
            }
        }));
        return answers / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex Rate();
}
