using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Pamps.Tests.Faults;

/// <summary>
/// A program in a process of its own, to be killed at any moment. A shell stands between: it passes on the signals that
/// it reads from its standard input to its only child, by the child's id, and kills the child when the input ends. So
/// the child dies with the test run, however that ends, and nothing but the child is ever signalled.
/// </summary>
internal sealed class KillableProcess : IAsyncDisposable
{
    private const string Shell = "/bin/sh";

    private const string Keeper = """
        exec 3<&0
        "$@" </dev/null 3<&- &
        child=$!
        { while read -r signal; do kill -s "$signal" "$child"; done; kill -s KILL "$child"; } <&3 >/dev/null 2>&1 &
        keeper=$!
        exec 3<&-
        wait "$child"
        code=$?
        kill -s KILL "$keeper"
        exit "$code"
        """;

    // Only used up by a child that does not die.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private KillableProcess(Process process) => _process = process;

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Everything it wrote.</summary>
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

    /// <summary>Starts a program.</summary>
    /// <param name="program">Its name or path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables to set, or to unset when null.</param>
    public static KillableProcess Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?> environment)
    {
        if (!File.Exists(Shell))
        {
            throw new PrerequisiteMissingException($"Tests that kill processes need {Shell}.");
        }

        var start = new ProcessStartInfo(Shell, ["-c", Keeper, Shell, program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = new KillableProcess(new Process { StartInfo = start });
        process._process.OutputDataReceived += (_, line) => process.Append(line.Data);
        process._process.ErrorDataReceived += (_, line) => process.Append(line.Data);
        try
        {
            process._process.Start();
        }
        catch (Win32Exception exception)
        {
            throw new PrerequisiteMissingException($"{Shell} does not start: {exception.Message}", exception);
        }

        process._process.BeginOutputReadLine();
        process._process.BeginErrorReadLine();
        return process;
    }

    /// <summary>Ends it as a crash would: SIGKILL, which it cannot notice.</summary>
    public Task<int> KillAsync() => EndAsync("KILL");

    /// <summary>Asks it to end, as an orchestrator does.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> TerminateAsync() => EndAsync("TERM");

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private async Task<int> EndAsync(string signal)
    {
        try
        {
            await _process.StandardInput.WriteLineAsync(signal);
            await _process.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            // It has ended by itself.
        }

        await _process.WaitForExitAsync().WaitAsync(Limit);
        return _process.ExitCode;
    }

    private void Append(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }
}
