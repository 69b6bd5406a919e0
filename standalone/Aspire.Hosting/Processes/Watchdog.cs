using System.Diagnostics;
using System.Globalization;

namespace Aspire.Hosting.Processes;

/// <summary>
/// A tiny shell that outlives the AppHost by a few seconds. It reads from a pipe which process groups run; the pipe
/// ends when the AppHost is gone, even by <c>kill -9</c>. Whatever still runs then is asked to end, and after ten
/// seconds made to; temporary folders are removed. After an orderly stop nothing is left to do and it ends at once.
/// </summary>
internal sealed class Watchdog : IAsyncDisposable
{
    private const string Script = """
        trap '' INT HUP TERM
        groups=''
        folders=''
        while read -r action first second; do
          case "$action" in
            add) groups="$first:$second $groups" ;;
            remove) kept=''; for g in $groups; do [ "${g%%:*}" = "$first" ] || kept="$kept$g "; done; groups="$kept" ;;
            folder) folders="$first" ;;
          esac
        done
        for g in $groups; do kill -s "${g#*:}" -- "-${g%%:*}" 2>/dev/null; done
        n=0
        while [ $n -lt 100 ]; do
          alive=''
          for g in $groups; do kill -s 0 -- "-${g%%:*}" 2>/dev/null && alive=1; done
          [ -n "$alive" ] || break
          sleep 0.1
          n=$((n + 1))
        done
        for g in $groups; do kill -s KILL -- "-${g%%:*}" 2>/dev/null; done
        [ -z "$folders" ] || rm -rf -- "$folders"
        """;

    private readonly Process _shell;
    private readonly Lock _lock = new();

    private Watchdog(Process shell) => _shell = shell;

    public int ProcessId => _shell.Id;

    public static Watchdog? Start()
    {
        if (OperatingSystem.IsWindows() || ExecutableFinder.InPath("sh") is not { } sh)
        {
            return null;
        }

        // Its own session, or Ctrl-C and a closed terminal would reach it together with the AppHost.
        string[] command = ExecutableFinder.InPath("setsid") is { } setsid ? [setsid, sh, "-c", Script] : [sh, "-c", Script];
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardInput = true, UseShellExecute = false, WorkingDirectory = "/" };
        return Process.Start(start) is { } shell ? new Watchdog(shell) : null;
    }

    public void Add(ChildProcess process) => Send(string.Create(
        CultureInfo.InvariantCulture, $"add {process.Id} {(process.StopSignal == UnixProcess.Interrupt ? "INT" : "TERM")}"));

    public void Remove(ChildProcess process) => Send(string.Create(CultureInfo.InvariantCulture, $"remove {process.Id}"));

    /// <summary>A folder without white space in its name, to be removed at the end.</summary>
    public void RemoveAtEnd(string folder) => Send($"folder {folder}");

    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _shell.StandardInput.Close();
        }

        await _shell.WaitForExitAsync().ConfigureAwait(false);
        _shell.Dispose();
    }

    private void Send(string line)
    {
        lock (_lock)
        {
            try
            {
                _shell.StandardInput.WriteLine(line);
                _shell.StandardInput.Flush();
            }
            catch (IOException)
            {
                // Someone has ended the shell. The list of processes in the data folder still allows the next start to clean up.
            }
        }
    }
}
