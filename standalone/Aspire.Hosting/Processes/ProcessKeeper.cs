using System.Globalization;
using Aspire.Hosting.Orchestration;

namespace Aspire.Hosting.Processes;

/// <summary>
/// Starts children and makes sure that none outlives the AppHost: the watchdog ends them when the AppHost is killed,
/// and should that be killed too, the next AppHost of the same project finds them in a list beside the data. A process
/// is known by id and start time, so nothing else is ever ended.
/// </summary>
internal sealed class ProcessKeeper(AppHostStorage storage, TimeProvider clock) : IAsyncDisposable
{
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<int, (ChildProcess Process, string Identity)> _running = [];
    private Watchdog? _watchdog;

    private string ListFile => Path.Combine(storage.RunsFolder, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));

    /// <summary>Ends what an AppHost that was killed has left behind.</summary>
    public async Task CleanUpAsync(Action<int> report, CancellationToken cancellationToken)
    {
        foreach (var file in Directory.EnumerateFiles(storage.RunsFolder).Where(f => Path.GetFileName(f).All(char.IsAsciiDigit)).ToList())
        {
            var entries = await ReadListAsync(file, cancellationToken).ConfigureAwait(false);
            if (entries is [] or [{ IsAlive: true }, ..])
            {
                continue;
            }

            var left = entries.Skip(1).Where(e => e.IsAlive).ToList();
            if (left.Count > 0)
            {
                report(left.Count);
            }

            left.ForEach(e => UnixProcess.SignalGroup(e.ProcessId, e.Signal));
            await WaitForEndAsync(left, cancellationToken).ConfigureAwait(false);
            File.Delete(file);
        }
    }

    public ChildProcess Start(ProcessSpec spec, Action<string, bool> writeLine)
    {
        lock (_lock)
        {
            if (_watchdog is null)
            {
                _watchdog = Watchdog.Start();
                _watchdog?.RemoveAtEnd(storage.TemporaryFolder);
            }

            var process = ChildProcess.Start(spec, writeLine, clock);
            _watchdog?.Add(process);
            _running[process.Id] = (process, UnixProcess.Identity(process.Id) ?? "");
            WriteList();
            _ = ForgetAsync(process);
            return process;
        }
    }

    public async ValueTask DisposeAsync()
    {
        List<ChildProcess> left;
        lock (_lock)
        {
            left = [.. _running.Values.Select(r => r.Process)];
        }

        await Task.WhenAll(left.Select(process => process.StopAsync(Grace))).ConfigureAwait(false);
        lock (_lock)
        {
            File.Delete(ListFile);
        }

        // Called twice: by the orderly stop, and by the container of the services.
        if (Interlocked.Exchange(ref _watchdog, null) is { } watchdog)
        {
            await watchdog.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static async Task<IReadOnlyList<Entry>> ReadListAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            var lines = await File.ReadAllLinesAsync(file, cancellationToken).ConfigureAwait(false);
            return [.. lines.Select(Entry.Parse).OfType<Entry>()];
        }
        catch (FileNotFoundException)
        {
            // Its AppHost has just ended in order.
            return [];
        }
    }

    private async Task ForgetAsync(ChildProcess process)
    {
        await process.Exited.ConfigureAwait(false);
        lock (_lock)
        {
            _watchdog?.Remove(process);
            _running.Remove(process.Id);
            WriteList();
        }
    }

    private void WriteList()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // Written aside and moved: another AppHost that starts at this moment must not read half a list.
        var owner = new Entry(Environment.ProcessId, UnixProcess.Identity(Environment.ProcessId) ?? "", 0);
        File.WriteAllLines(ListFile + ".new", _running.Values
            .Select(r => new Entry(r.Process.Id, r.Identity, r.Process.StopSignal))
            .Prepend(owner)
            .Select(e => e.ToString()));
        File.Move(ListFile + ".new", ListFile, overwrite: true);
    }

    private async Task WaitForEndAsync(List<Entry> left, CancellationToken cancellationToken)
    {
        var killAt = clock.GetUtcNow() + Grace;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50), clock);
        while (left.Exists(e => e.IsAlive) && await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            if (clock.GetUtcNow() > killAt)
            {
                left.Where(e => e.IsAlive).ToList().ForEach(e => UnixProcess.SignalGroup(e.ProcessId, UnixProcess.Kill));
            }
        }
    }

    private sealed record Entry(int ProcessId, string Identity, int Signal)
    {
        public bool IsAlive => Identity.Length > 0 && UnixProcess.Identity(ProcessId) == Identity;

        public static Entry? Parse(string line)
        {
            var fields = line.Split(' ');
            return fields.Length == 3 &&
                int.TryParse(fields[0], CultureInfo.InvariantCulture, out var processId) &&
                int.TryParse(fields[2], CultureInfo.InvariantCulture, out var signal)
                ? new Entry(processId, fields[1], signal)
                : null;
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{ProcessId} {Identity} {Signal}");
    }
}
