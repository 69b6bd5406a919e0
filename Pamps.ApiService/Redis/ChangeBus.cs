using System.Globalization;
using StackExchange.Redis;

namespace Pamps.ApiService.Redis;

/// <summary>
/// Tells all replicas what has changed, so that copies in their memory end. Redis pub/sub forgets messages while a
/// subscriber is away, hence the heartbeat: each replica sends one a second and must hear its own. As long as it does,
/// no message before it was lost (one connection, in order) and copies need no expiry. When it does not, the bus is not
/// <see cref="IsLive"/>, copies may only be trusted for a second, and once it is live again everything is dropped,
/// because nobody knows what was missed. A connection that breaks ends it at once. So another replica's change is unseen for at most <see cref="SilenceMax"/>
/// plus that second, and usually for a millisecond.
/// </summary>
internal sealed partial class ChangeBus(IConnectionMultiplexer connection, RedisKeys keys, TimeProvider clock, ILogger<ChangeBus> logger)
    : BackgroundService
{
    /// <summary>Longer without one's own heartbeat means that messages may be lost.</summary>
    public static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(2.5);

    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(1);

    private readonly string _self = Guid.NewGuid().ToString("N");
    private long _lastHeartbeat;
    private volatile bool _live;

    /// <summary>A message of another replica.</summary>
    public event Action<string>? Received;

    /// <summary>Messages may have been lost: whatever memory holds has to go.</summary>
    public event Action? Lost;

    /// <summary>Whether changes of other replicas are heard.</summary>
    public bool IsLive => _live;

    /// <summary>Tells the other replicas, without waiting. A message that fails to go is sent again by the outbox.</summary>
    public void Send(string message)
    {
        if (_live)
        {
            connection.GetSubscriber().PublishAsync(keys.Changes, _self + " " + message, CommandFlags.FireAndForget);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var subscribed = false;
        connection.ConnectionFailed += (_, _) => GiveUp();
        connection.ConnectionRestored += (_, _) => GiveUp();
        using var timer = new PeriodicTimer(HeartbeatInterval, clock);
        do
        {
            try
            {
                var subscriber = connection.GetSubscriber();
                if (!subscribed)
                {
                    await subscriber.SubscribeAsync(keys.Changes, (_, message) => OnMessage(message)).WaitAsync(HeartbeatInterval, clock, stoppingToken);
                    subscribed = true;
                }

                var beat = string.Create(CultureInfo.InvariantCulture, $"{_self} beat {clock.GetTimestamp()}");
                await subscriber.PublishAsync(keys.Changes, beat).WaitAsync(HeartbeatInterval, clock, stoppingToken);
            }
            catch (Exception exception) when (exception is RedisException or TimeoutException or ObjectDisposedException)
            {
                // IsLive ends by itself below; the next round tries again.
                LogNoHeartbeat(logger, exception.GetType().Name);
            }

            if (_live && clock.GetElapsedTime(Volatile.Read(ref _lastHeartbeat)) > SilenceMax)
            {
                GiveUp();
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    private void GiveUp()
    {
        if (_live)
        {
            _live = false;
            Lost?.Invoke();
            LogLost(logger);
        }
    }

    private void OnMessage(RedisValue value)
    {
        string? message = value;
        if (message is null || message.IndexOf(' ', StringComparison.Ordinal) is var blank && blank < 0)
        {
            return;
        }

        if (!message.StartsWith(_self, StringComparison.Ordinal))
        {
            if (message.AsSpan(blank + 1).StartsWith("beat "))
            {
                return;
            }

            Received?.Invoke(message[(blank + 1)..]);
        }
        else if (message.AsSpan(blank + 1).StartsWith("beat "))
        {
            var sent = long.Parse(message.AsSpan(blank + 6), CultureInfo.InvariantCulture);
            if (!_live || clock.GetElapsedTime(Volatile.Read(ref _lastHeartbeat), sent) > SilenceMax)
            {
                // Live again, or a gap passed unnoticed between two looks at the clock.
                Lost?.Invoke();
            }

            Volatile.Write(ref _lastHeartbeat, sent);
            _live = true;
        }
    }

    [LoggerMessage(2111, LogLevel.Debug, "No heartbeat to Redis ({Failure})")]
    private static partial void LogNoHeartbeat(ILogger logger, string failure);

    [LoggerMessage(2112, LogLevel.Warning, "Changes of other replicas are not heard; copies in memory are trusted for a second only")]
    private static partial void LogLost(ILogger logger);
}
