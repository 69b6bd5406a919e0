using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Processes;

namespace Aspire.Hosting.Orchestration;

/// <summary>
/// One process of a resource through its life: NotStarted → Starting → (Waiting →) Running → Stopping → Finished, or
/// FailedToStart. Starting again is allowed from every state in which no process runs.
/// </summary>
internal sealed class ProcessReplica(
    IResource resource,
    string id,
    int index,
    EndpointAllocation endpoints,
    ResourceLauncher launcher,
    WaitGate waits,
    ProcessKeeper keeper,
    ResourceNotificationService notifications,
    IDistributedApplicationEventing eventing,
    IServiceProvider services,
    ResourceLog log,
    TimeProvider clock) : IDisposable
{
    // One start or stop at a time. The wait for other resources happens outside, so that it can be cut short.
    private readonly SemaphoreSlim _changing = new(1, 1);
    private CancellationTokenSource? _starting;
    private CancellationTokenSource? _waiting;
    private ChildProcess? _process;
    private bool _isStopping;

    public string Id { get; } = id;

    // Containers end as Exited, processes as Finished, whatever took the place of the container here.
    private string EndState => resource is ContainerResource ? KnownResourceStates.Exited : KnownResourceStates.Finished;

    public Task PublishInitialAsync(string state) => PublishAsync(snapshot => snapshot with
    {
        State = state,
        CreationTimeStamp = clock.GetUtcNow().UtcDateTime,
        Source = ResourceLauncher.Source(resource),
    });

    /// <summary>Starts the process and returns when it runs or has failed to start; failures are a state, not an exception.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_waiting is { } waiting)
        {
            // Someone does not want to wait any longer.
            await waiting.CancelAsync().ConfigureAwait(false);
            return;
        }

        await _changing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_process is not null)
            {
                return;
            }

            using var starting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            _starting = starting;
            await StartProcessAsync(starting.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await PublishAsync(s => s with { State = EndState, StopTimeStamp = clock.GetUtcNow().UtcDateTime }).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            log.Error(exception is DistributedApplicationException ? exception.Message : exception.ToString());
            await PublishAsync(s => s with
            {
                State = new ResourceStateSnapshot(KnownResourceStates.FailedToStart, "error"),
                Problem = exception.Message,
                StopTimeStamp = clock.GetUtcNow().UtcDateTime,
            }).ConfigureAwait(false);
        }
        finally
        {
            _starting = null;
            _changing.Release();
        }
    }

    /// <summary>Ends the process, or gives up its start.</summary>
    public async Task StopAsync()
    {
        if (_starting is { } starting)
        {
            try
            {
                await starting.CancelAsync().ConfigureAwait(false);
            }
            catch (ObjectDisposedException)
            {
                // The start has just ended; the process is stopped below.
            }
        }

        await _changing.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_process is { } process && !process.Exited.IsCompleted)
            {
                _isStopping = true;
                await PublishAsync(s => s with { State = KnownResourceStates.Stopping }).ConfigureAwait(false);
                await process.StopAsync(ProcessKeeper.Grace).ConfigureAwait(false);
                await PublishEndAsync(process).ConfigureAwait(false);
            }
        }
        finally
        {
            _isStopping = false;
            _changing.Release();
        }
    }

    public void Dispose() => _changing.Dispose();

    private async Task StartProcessAsync(CancellationToken cancellationToken)
    {
        await PublishAsync(s => s with
        {
            State = KnownResourceStates.Starting,
            ExitCode = null,
            Ready = null,
            Problem = null,
            StopTimeStamp = null,
            HealthReports = [.. resource.Annotations.OfType<HealthCheckAnnotation>().Select(a => new HealthReportSnapshot(a.Key, Status: null, Description: null, ExceptionText: null))],
        }).ConfigureAwait(false);
        await eventing.PublishAsync(new BeforeResourceStartedEvent(resource, services), cancellationToken).ConfigureAwait(false);
        await WaitForOthersAsync(cancellationToken).ConfigureAwait(false);

        endpoints.CheckFree(index);
        var launch = await launcher.PrepareAsync(resource, endpoints, index, Id, log, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        var process = keeper.Start(launch.Process, (line, isError) => log.Write(line, isError));
        _process = process;
        await PublishAsync(s => s with
        {
            State = new ResourceStateSnapshot(KnownResourceStates.Running, "success"),
            ProcessId = process.Id,
            StartTimeStamp = clock.GetUtcNow().UtcDateTime,
            EnvironmentVariables = [.. launch.Environment.Select(v => new EnvironmentVariableSnapshot(v.Key, v.Value, IsFromSpec: true))],
        }).ConfigureAwait(false);
        _ = WatchAsync(process);
    }

    private async Task WaitForOthersAsync(CancellationToken cancellationToken)
    {
        if (!WaitGate.HasWaits(resource))
        {
            return;
        }

        await PublishAsync(s => s with { State = KnownResourceStates.Waiting }).ConfigureAwait(false);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _waiting = waiting;
        try
        {
            await waits.WaitAsync(resource, log, waiting.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            log.Info("Started without waiting any longer.");
        }
        finally
        {
            _waiting = null;
        }

        await PublishAsync(s => s with { State = KnownResourceStates.Starting }).ConfigureAwait(false);
    }

    /// <summary>Notices when the process ends by itself.</summary>
    private async Task WatchAsync(ChildProcess process)
    {
        await process.Exited.ConfigureAwait(false);
        if (!_isStopping)
        {
            await PublishEndAsync(process).ConfigureAwait(false);
        }
    }

    private async Task PublishEndAsync(ChildProcess process)
    {
        var exitCode = await process.Exited.ConfigureAwait(false);
        if (Interlocked.CompareExchange(ref _process, null, process) != process)
        {
            return;
        }

        await process.DisposeAsync().ConfigureAwait(false);
        await PublishAsync(s => s with
        {
            State = new ResourceStateSnapshot(EndState, exitCode == 0 || _isStopping ? null : "error"),
            ExitCode = exitCode,
            ProcessId = null,
            Ready = null,
            StopTimeStamp = clock.GetUtcNow().UtcDateTime,
        }).ConfigureAwait(false);
        if (notifications.TryGetCurrentState(Id, out var current))
        {
            await eventing.PublishAsync(new ResourceStoppedEvent(resource, services, current)).ConfigureAwait(false);
        }
    }

    private Task PublishAsync(Func<CustomResourceSnapshot, CustomResourceSnapshot> change) => notifications.PublishUpdateAsync(resource, Id, change);
}
