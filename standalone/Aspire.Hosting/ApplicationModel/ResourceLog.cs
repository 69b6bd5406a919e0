using System.Threading.Channels;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The console output of one resource: the last lines are kept, followers get them and then every new one.</summary>
internal sealed class ResourceLog(string resourceName, TimeProvider clock)
{
    private const int Kept = 10_000;

    private readonly Lock _lock = new();
    private readonly Queue<LogLine> _lines = [];
    private readonly List<ChannelWriter<LogLine>> _followers = [];
    private int _count;

    public string ResourceName { get; } = resourceName;

    /// <summary>Called for every line, in order.</summary>
    public event Action<ResourceLog, LogLine>? Written;

    /// <summary>Adds a line of the engine's own.</summary>
    public void Info(string text) => Write(text, isError: false);

    /// <summary>Adds a line of the engine's own about something that went wrong.</summary>
    public void Error(string text) => Write(text, isError: true);

    public void Write(string text, bool isError)
    {
        var at = clock.GetUtcNow();
        lock (_lock)
        {
            var line = new LogLine(++_count, $"{at.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ} {text}", isError);
            _lines.Enqueue(line);
            if (_lines.Count > Kept)
            {
                _lines.Dequeue();
            }

            foreach (var follower in _followers)
            {
                follower.TryWrite(line);
            }

            Written?.Invoke(this, line);
        }
    }

    public IReadOnlyList<LogLine> Snapshot()
    {
        lock (_lock)
        {
            return [.. _lines];
        }
    }

    public ChannelReader<LogLine> Follow(CancellationToken cancellationToken)
    {
        var channel = Channel.CreateUnbounded<LogLine>();
        lock (_lock)
        {
            foreach (var line in _lines)
            {
                channel.Writer.TryWrite(line);
            }

            _followers.Add(channel.Writer);
        }

        cancellationToken.Register(() =>
        {
            lock (_lock)
            {
                _followers.Remove(channel.Writer);
            }

            channel.Writer.TryComplete();
        });
        return channel.Reader;
    }
}
