using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Aspire.Hosting.Processes;

/// <summary>
/// A running child. It leads its own session and process group: Ctrl-C in the terminal reaches only the AppHost,
/// which then ends its children in order, and a signal to the group reaches everything the child has started.
/// </summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan LastOutput = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly ProcessSpec _spec;
    private readonly TimeProvider _clock;
    private readonly Task _output;

    private ChildProcess(Process process, ProcessSpec spec, Action<string, bool> writeLine, TimeProvider clock)
    {
        _process = process;
        _spec = spec;
        _clock = clock;
        Id = process.Id;
        StopSignal = spec.StopSignal;
        _output = Task.WhenAll(ReadAsync(process.StandardOutput, isError: false, writeLine), ReadAsync(process.StandardError, isError: true, writeLine));
        Exited = WaitForExitAsync();
    }

    /// <summary>The id of the process and of its group.</summary>
    public int Id { get; }

    public int StopSignal { get; }

    /// <summary>Completes with the exit code once the process has ended and its output has been read.</summary>
    public Task<int> Exited { get; }

    public static ChildProcess Start(ProcessSpec spec, Action<string, bool> writeLine, TimeProvider clock)
    {
        List<string> command = [.. OwnSession(), .. AsUser(spec.User), spec.FileName, .. spec.Arguments];
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            WorkingDirectory = spec.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            UseShellExecute = false,
        };
        start.Environment.Clear();
        foreach (var (name, value) in spec.Environment)
        {
            start.Environment[name] = value;
        }

        if (!File.Exists(spec.FileName))
        {
            throw new DistributedApplicationException($"The program '{spec.FileName}' does not exist.");
        }

        if (!Directory.Exists(spec.WorkingDirectory))
        {
            throw new DistributedApplicationException($"The folder '{spec.WorkingDirectory}' does not exist.");
        }

        var process = Process.Start(start) ?? throw new DistributedApplicationException($"The program '{spec.FileName}' could not be started.");
        process.StandardInput.Close();
        return new ChildProcess(process, spec, writeLine, clock);
    }

    /// <summary>Asks the process to end, and after a grace period ends everything it has started.</summary>
    public async Task StopAsync(TimeSpan grace)
    {
        if (OperatingSystem.IsWindows())
        {
            _process.Kill(entireProcessTree: true);
        }
        else
        {
            UnixProcess.SignalGroup(Id, StopSignal);
        }

        try
        {
            await Exited.WaitAsync(grace, _clock).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            KillGroup();
            await Exited.ConfigureAwait(false);
        }
    }

    public ValueTask DisposeAsync()
    {
        _process.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Runs a process to its end.</summary>
    /// <returns>The exit code and everything it wrote.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(ProcessSpec spec, TimeProvider clock, CancellationToken cancellationToken)
    {
        var output = new StringBuilder();
        await using var process = Start(
            spec,
            (line, _) =>
            {
                lock (output)
                {
                    output.AppendLine(line);
                }
            },
            clock);
        try
        {
            return (await process.Exited.WaitAsync(cancellationToken).ConfigureAwait(false), output.ToString());
        }
        catch (OperationCanceledException)
        {
            process.KillGroup();
            throw;
        }
    }

    private static string[] OwnSession()
    {
        if (OperatingSystem.IsWindows())
        {
            return [];
        }

        // setsid execs, so the id stays that of the program. macOS has no setsid but perl.
        return ExecutableFinder.InPath("setsid") is { } setsid
            ? [setsid]
            : ExecutableFinder.InPath("perl") is { } perl
                ? [perl, "-MPOSIX", "-e", "POSIX::setsid(); exec { $ARGV[0] } @ARGV or die $!", "--"]
                : throw new DistributedApplicationException("Neither 'setsid' (package util-linux) nor 'perl' was found; one of them is needed to start processes that can be ended together.");
    }

    private static string[] AsUser(UnprivilegedUser? user)
    {
        if (user is null)
        {
            return [];
        }

        // setpriv execs too, unlike su and runuser, which would keep the signal for themselves.
        var setpriv = ExecutableFinder.InPath("setpriv")
            ?? throw new DistributedApplicationException("The AppHost runs as root; 'setpriv' (package util-linux) is needed to start a server as another user.");
        return
        [
            setpriv,
            string.Create(CultureInfo.InvariantCulture, $"--reuid={user.UserId}"),
            string.Create(CultureInfo.InvariantCulture, $"--regid={user.GroupId}"),
            "--clear-groups",
        ];
    }

    private static async Task ReadAsync(StreamReader reader, bool isError, Action<string, bool> writeLine)
    {
        try
        {
            while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
            {
                writeLine(line, isError);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The pipe was closed under the reader: there is nothing more to read.
        }
    }

    private async Task<int> WaitForExitAsync()
    {
        await _process.WaitForExitAsync().ConfigureAwait(false);

        // What the process has left behind must not outlive it; it would also keep the pipes open.
        KillGroup();
        try
        {
            await _output.WaitAsync(LastOutput, _clock).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Someone who left the group holds the pipe; its lines are of no interest any more.
        }

        return _process.ExitCode;
    }

    private void KillGroup()
    {
        if (OperatingSystem.IsWindows())
        {
            if (!_process.HasExited)
            {
                _process.Kill(entireProcessTree: true);
            }
        }
        else
        {
            UnixProcess.SignalGroup(Id, UnixProcess.Kill);
        }
    }
}
