using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Pamps.ApiService.Redis;

/// <summary>
/// The way of requests to Redis: bounded in time, and closed for a moment after a failure, so that a server that hangs
/// costs a few requests a tenth of a second instead of costing every request that. Callers say what they do without it.
/// </summary>
internal sealed partial class RedisGate(
    IConnectionMultiplexer connection, IOptions<RedisOptions> options, TimeProvider clock, ILogger<RedisGate> logger)
{
    private long _closedSince;

    public bool IsOpen => Volatile.Read(ref _closedSince) is 0 || clock.GetElapsedTime(Volatile.Read(ref _closedSince)) > options.Value.Pause;

    /// <summary>Asks Redis; null when it is away, slow or answers with an error.</summary>
    public async ValueTask<T?> TryAsync<T>(Func<IDatabase, Task<T>> ask, CancellationToken cancellationToken)
        where T : class
    {
        if (!IsOpen)
        {
            return null;
        }

        try
        {
            var answer = await ask(connection.GetDatabase()).WaitAsync(options.Value.Timeout, clock, cancellationToken);
            Volatile.Write(ref _closedSince, 0);
            return answer;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or ObjectDisposedException)
        {
            if (IsOpen)
            {
                LogClosed(logger, exception.GetType().Name);
            }

            Volatile.Write(ref _closedSince, clock.GetTimestamp());
            return null;
        }
    }

    [LoggerMessage(2101, LogLevel.Warning, "Redis does not answer ({Failure}); doing without it for a moment")]
    private static partial void LogClosed(ILogger logger, string failure);
}
