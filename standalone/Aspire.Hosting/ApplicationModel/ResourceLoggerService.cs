using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The console output of the resources.</summary>
public class ResourceLoggerService
{
    private readonly ConcurrentDictionary<string, ResourceLog> _logs = new(StringComparer.OrdinalIgnoreCase);
    private readonly TimeProvider _clock;

    internal ResourceLoggerService(TimeProvider clock) => _clock = clock;

    /// <summary>Called when a resource writes its first line.</summary>
    internal event Action<ResourceLog>? LogCreated;

    /// <summary>A logger that writes into the output of the resource.</summary>
    public ILogger GetLogger(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return GetLogger(resource.Name);
    }

    /// <summary>A logger that writes into the output of the resource.</summary>
    public ILogger GetLogger(string resourceName) => new ResourceLogger(GetLog(resourceName));

    /// <summary>Follows the output: the lines so far, then new ones until the enumeration is given up.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return WatchAsync(resource.Name);
    }

    /// <summary>Follows the output: the lines so far, then new ones until the enumeration is given up.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(string resourceName) => Follow(GetLog(resourceName), CancellationToken.None);

    internal ResourceLog GetLog(string resourceName)
    {
        if (_logs.TryGetValue(resourceName, out var known))
        {
            return known;
        }

        var created = new ResourceLog(resourceName, _clock);
        var log = _logs.GetOrAdd(resourceName, created);
        if (ReferenceEquals(log, created))
        {
            LogCreated?.Invoke(log);
        }

        return log;
    }

    internal static async IAsyncEnumerable<IReadOnlyList<LogLine>> Follow(ResourceLog log, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            var reader = log.Follow(ended.Token);
            while (await reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                var batch = new List<LogLine>();
                while (reader.TryRead(out var line))
                {
                    batch.Add(line);
                }

                yield return batch;
            }
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
        }
    }

    private sealed class ResourceLogger(ResourceLog log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var text = formatter(state, exception) + (exception is null ? "" : Environment.NewLine + exception);
            foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
            {
                log.Write(line, logLevel >= LogLevel.Error);
            }
        }
    }
}
