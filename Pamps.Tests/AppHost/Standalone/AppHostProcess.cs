extern alias AppHost;

using System.Diagnostics;
using System.Globalization;
using System.Text;
using Aspire.Hosting.Orchestration;
using Aspire.Hosting.Processes;

namespace Pamps.Tests.AppHost.Standalone;

/// <summary>The AppHost as a person starts it: a process of its own, with its own data folder and random ports.</summary>
internal sealed class AppHostProcess : IDisposable
{
    /// <summary>Every service starts, on a machine that may be busy with other tests.</summary>
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private (string Text, TaskCompletionSource Seen)? _awaited;

    private AppHostProcess(string dataFolder, string[] args)
    {
        var dashboard = PortAllocator.Free().ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo(
            ExecutableFinder.Dotnet(),
            [
                typeof(AppHost::Projects.Pamps_AppHost).Assembly.Location,
                "--DcpPublisher:RandomizePorts=true", $"--Standalone:DataFolder={dataFolder}", $"--ASPNETCORE_URLS=http://localhost:{dashboard}",
                "--SeedDemo=false", .. args,
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        start.Environment["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true";
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Append(line.Data);
        _process.ErrorDataReceived += (_, line) => Append(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        DataFolder = dataFolder;
    }

    public string DataFolder { get; }

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public static AppHostProcess Start(string dataFolder, params string[] args) => new(dataFolder, args);

    /// <summary>Waits until the AppHost has written a text; fails with everything it wrote when it ends before.</summary>
    public async Task WaitForOutputAsync(string text)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_output)
        {
            _awaited = (text, seen);
        }

        Append("");
        try
        {
            await Task.WhenAny(seen.Task, _process.WaitForExitAsync()).WaitAsync(StartLimit);
        }
        catch (TimeoutException)
        {
            // The assertion below shows how far it came.
        }

        Assert.True(seen.Task.IsCompleted, $"'{text}' never came:\n{Output}");
    }

    /// <summary>The ids of its children, as it has noted them for a successor.</summary>
    public IReadOnlyList<int> Children()
    {
        var list = Directory.EnumerateFiles(DataFolder, _process.Id.ToString(CultureInfo.InvariantCulture), SearchOption.AllDirectories).Single();
        return [.. File.ReadAllLines(list).Skip(1).Select(line => int.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture))];
    }

    public async Task<int> EndAsync(int signal)
    {
        UnixProcess.Signal(_process.Id, signal);
        await _process.WaitForExitAsync().WaitAsync(AppModel.Limit);
        return _process.ExitCode;
    }

    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(AppModel.Limit);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private void Append(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
            if (_awaited is { } awaited && _output.ToString().Contains(awaited.Text, StringComparison.Ordinal))
            {
                awaited.Seen.TrySetResult();
            }
        }
    }
}
