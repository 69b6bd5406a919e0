using Microsoft.Extensions.Options;
using Pamps.ApiService.Redis;

namespace Pamps.ApiService.Http;

/// <summary>Exchanges the counts of rate limits with other replicas, a few times a second.</summary>
internal sealed partial class RateSync(
    RateCounters counters, RateWindow shared, IOptions<RateLimitOptions> options, TimeProvider clock, ILogger<RateSync> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.SyncInterval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await counters.SyncAsync(shared, stoppingToken);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    // Counting goes on alone; an exception out of here would end the process.
                    LogFailed(logger, exception);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    [LoggerMessage(EventId = 1101, Level = LogLevel.Warning, Message = "Counts of rate limits could not be exchanged")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
