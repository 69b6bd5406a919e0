using Microsoft.Extensions.Options;
using Pamps.ApiService.Data;

namespace Pamps.ApiService.Features.Billing;

/// <summary>
/// Work that goes on for as long as the process runs: a piece after the other while there is any, then a wait for a
/// signal or the next look. A failure is logged and followed by a pause, never by the end of the loop: an exception out
/// of a background service would stop the whole API.
/// </summary>
internal abstract partial class BillingLoop(
    WorkSignal signal, IServiceScopeFactory scopes, IOptions<BillingOptions> options, TimeProvider clock, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    protected BillingOptions Options => options.Value;

    protected TimeProvider Clock => clock;

    /// <summary>Does one piece of work. True when there may be more at once.</summary>
    protected abstract Task<bool> WorkAsync(PampsDbContext db, CancellationToken cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!Options.Workers)
        {
            return;
        }

        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = Options.PollInterval;
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                if (await WorkAsync(scope.ServiceProvider.GetRequiredService<PampsDbContext>(), stoppingToken))
                {
                    failures = 0;
                    continue;
                }

                failures = 0;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                failures++;
                wait = TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, Math.Pow(2, failures - 1)));
                LogFailure(logger, exception, GetType().Name, failures);
            }

            try
            {
                await signal.WaitAsync(wait, clock, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    [LoggerMessage(EventId = 4001, Level = LogLevel.Error, Message = "{Work} failed ({Failures} times in a row) and goes on after a pause")]
    private static partial void LogFailure(ILogger logger, Exception exception, string work, int failures);
}
