using Aspire.Hosting.ConsoleOutput;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>
/// A run by a person: start, wait for Ctrl-C or SIGTERM, stop. When something that others need cannot start, the run
/// ends with exit code 1 instead of waiting for ever.
/// </summary>
internal static class ApplicationRun
{
    public static async Task RunAsync(DistributedApplication application, CancellationToken cancellationToken)
    {
        var reporter = application.Services.GetRequiredService<ConsoleReporter>();
        var lifetime = application.Services.GetRequiredService<IHostApplicationLifetime>();
        using var starting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        await using (application)
        {
            try
            {
                var stopsOnFailure = application.Services.GetRequiredService<IConfiguration>().GetValue("Standalone:StopOnFailure", defaultValue: true);
                var failure = stopsOnFailure ? StartFailure.WatchAsync(application, starting.Token) : new TaskCompletionSource<string>().Task;
                var start = application.StartAsync(starting.Token);
                var first = await Task.WhenAny(start, failure).ConfigureAwait(false);
                if (first == failure && !starting.IsCancellationRequested)
                {
                    reporter.Error(await failure.ConfigureAwait(false));
                    Environment.ExitCode = 1;
                    await starting.CancelAsync().ConfigureAwait(false);
                    await start.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    return;
                }

                await start.ConfigureAwait(false);
                reporter.Started();
                await WaitForShutdownAsync(starting.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (starting.IsCancellationRequested)
            {
                // Asked to stop while starting.
            }
            catch (DistributedApplicationException exception)
            {
                reporter.Error(exception.Message);
                Environment.ExitCode = 1;
            }
            finally
            {
                reporter.Stopping();
                await application.StopAsync(CancellationToken.None).ConfigureAwait(false);
                reporter.Stopped();
            }
        }
    }

    private static async Task WaitForShutdownAsync(CancellationToken stopping)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = stopping.Register(stopped.SetResult).ConfigureAwait(false);
        await stopped.Task.ConfigureAwait(false);
    }
}
