using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
using Pamps.ApiService.Outbox;
using Pamps.ApiService.Redis;
using StackExchange.Redis;

namespace Pamps.ApiService.Features.Streams;

/// <summary>
/// Recent events in Redis, for live streams of all replicas.
/// <para>
/// What is kept: two kinds of logs, one of all posts and one per account for what concerns it alone. A log is a sorted set of
/// events by sequence number, capped and gone ten minutes after its last event, and the last number given, which is kept a day.
/// A log that knows no number starts at the present microsecond, so numbers grow even across a flush, and a reader's next
/// number is missing exactly when events may have been missed: then it gets a <c>reset</c> instead of a silent gap.
/// </para>
/// <para>
/// Who writes: handlers of the outbox, at least once; readers ignore nothing but lose nothing either. Who reads: open streams,
/// woken by pub/sub, which may forget a message: then the event waits for the next wake-up or heartbeat. While Redis does not
/// answer they ask again every second. What may be lost: everything; open streams then reset and go on.
/// </para>
/// </summary>
internal sealed class StreamStore(IConnectionMultiplexer connection, RedisGate gate, RedisKeys keys, TimeProvider clock)
{
    /// <summary>The log of all posts.</summary>
    public const string Posts = "posts";

    private const int PostsMax = 4_096;
    private const int AccountMax = 256;
    private const int EventsLifeSeconds = 600;
    private const int SequenceLifeSeconds = 86_400;

    // KEYS: events, sequence. ARGV: present microsecond, cap, life of events, life of the sequence, event, channel, log.
    private const string AppendScript = """
        local last = redis.call('GET', KEYS[2])
        local next
        if last then next = redis.call('INCR', KEYS[2]) else next = ARGV[1] redis.call('SET', KEYS[2], next) end
        next = string.format('%.0f', next)
        redis.call('EXPIRE', KEYS[2], ARGV[4])
        redis.call('ZADD', KEYS[1], next, next .. ' ' .. ARGV[5])
        redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -tonumber(ARGV[2]) - 1)
        redis.call('EXPIRE', KEYS[1], ARGV[3])
        redis.call('PUBLISH', ARGV[6], ARGV[7])
        return next
        """;

    // KEYS: events, sequence. ARGV: present microsecond, life of the sequence, last number the reader has or −1.
    private const string ReadScript = """
        local last = redis.call('GET', KEYS[2])
        if not last then last = ARGV[1] redis.call('SET', KEYS[2], last) end
        redis.call('EXPIRE', KEYS[2], ARGV[2])
        if ARGV[3] == '-1' or ARGV[3] == last then return {last, '='} end
        local events = redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. ARGV[3], '+inf')
        local first = events[1] and string.match(events[1], '^%d+')
        if not first or tonumber(first) ~= tonumber(ARGV[3]) + 1 then return {last, '!'} end
        table.insert(events, 1, '+')
        table.insert(events, 1, last)
        return events
        """;

    private readonly ConcurrentDictionary<string, ConcurrentDictionary<ChannelWriter<bool>, byte>> _waiting = [];
    private Task<bool>? _subscribing;
    private bool _subscribed;

    /// <summary>Adds an event and wakes the streams that wait for it; postponed while Redis is away.</summary>
    public async Task AppendAsync(string log, string json)
    {
        try
        {
            await connection.GetDatabase().ScriptEvaluateAsync(
                AppendScript,
                [keys.StreamEvents(log), keys.StreamSequence(log)],
                [Now(), log == Posts ? PostsMax : AccountMax, EventsLifeSeconds, SequenceLifeSeconds, json, (string?)keys.StreamWakes, log]);
        }
        catch (Exception exception) when (exception is RedisConnectionException or TimeoutException)
        {
            throw new OutboxPostponedException("Redis is away.");
        }
    }

    /// <summary>What came after a number; null when Redis is away.</summary>
    public async Task<StreamSlice?> ReadAsync(string log, long? after, CancellationToken cancellationToken)
    {
        var answer = await gate.TryAsync(
            redis => redis.ScriptEvaluateAsync(
                ReadScript, [keys.StreamEvents(log), keys.StreamSequence(log)], [Now(), SequenceLifeSeconds, after ?? -1]),
            cancellationToken);
        if (answer is null || (RedisValue[]?)answer is not [var last, var state, .. var members])
        {
            return null;
        }

        var events = new List<StreamEntry>(members.Length);
        foreach (var member in members)
        {
            string text = member!;
            var blank = text.IndexOf(' ', StringComparison.Ordinal);
            events.Add(new StreamEntry(long.Parse(text.AsSpan(0, blank), CultureInfo.InvariantCulture), text[(blank + 1)..]));
        }

        return new StreamSlice(long.Parse((string)last!, CultureInfo.InvariantCulture), Gap: (string?)state == "!", events);
    }

    /// <summary>Wakes the writer whenever one of the logs grows, until the returned registration is disposed.</summary>
    public IDisposable Watch(IReadOnlyCollection<string> logs, ChannelWriter<bool> wake)
    {
        foreach (var log in logs)
        {
            _waiting.GetOrAdd(log, _ => []).TryAdd(wake, 0);
        }

        return new Registration(this, logs, wake);
    }

    /// <summary>Hears of events, once for this process; false while Redis is away, and whoever waits for events asks again.</summary>
    public async ValueTask<bool> SubscribeAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _subscribed))
        {
            return true;
        }

        Task<bool> subscribing;
        lock (_waiting)
        {
            // All streams wait for one attempt: one after the other would take a second each while Redis is away.
            subscribing = _subscribing = _subscribing is { IsCompleted: false } underWay ? underWay : TrySubscribeAsync();
        }

        return await subscribing.WaitAsync(cancellationToken);
    }

    private async Task<bool> TrySubscribeAsync()
    {
        try
        {
            // The client subscribes again by itself when the connection comes back.
            await connection.GetSubscriber().SubscribeAsync(keys.StreamWakes, (_, log) => Wake(log)).WaitAsync(TimeSpan.FromSeconds(1), clock);
            Volatile.Write(ref _subscribed, true);
            return true;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            return false;
        }
    }

    private void Wake(RedisValue log)
    {
        if ((string?)log is { } name && _waiting.TryGetValue(name, out var writers))
        {
            foreach (var (writer, _) in writers)
            {
                writer.TryWrite(true);
            }
        }
    }

    private long Now() => (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private sealed class Registration(StreamStore store, IReadOnlyCollection<string> logs, ChannelWriter<bool> wake) : IDisposable
    {
        public void Dispose()
        {
            foreach (var log in logs)
            {
                if (store._waiting.TryGetValue(log, out var writers))
                {
                    writers.TryRemove(wake, out _);
                    if (writers.IsEmpty && log != Posts)
                    {
                        // A stream that registers in this instant is woken by its heartbeat at the latest.
                        store._waiting.TryRemove(new(log, writers));
                    }
                }
            }
        }
    }
}

/// <summary>One event of a log.</summary>
internal sealed record StreamEntry(long Sequence, string Json);

/// <summary>The part of a log after a number.</summary>
/// <param name="Last">The last number of the log.</param>
/// <param name="Gap">Something in between is gone.</param>
/// <param name="Events">In order.</param>
internal sealed record StreamSlice(long Last, bool Gap, IReadOnlyList<StreamEntry> Events);
