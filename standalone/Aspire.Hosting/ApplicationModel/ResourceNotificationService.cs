using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Knows the state of every resource, and lets code wait for one.</summary>
public class ResourceNotificationService : IDisposable
{
    // Everything below is guarded by the lock; continuations never run inside it.
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ResourceEvent> _current = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<ChannelWriter<ResourceEvent>> _watchers = [];
    private readonly List<(Func<bool> Condition, TaskCompletionSource Met)> _waiting = [];

    private readonly IServiceProvider _services;
    private readonly CancellationTokenSource _disposed = new();

    internal ResourceNotificationService(IServiceProvider services) => _services = services;

    private WaitBehavior DefaultWaitBehavior =>
        _services.GetRequiredService<IOptions<ResourceNotificationServiceOptions>>().Value.DefaultWaitBehavior;

    /// <summary>Waits until a resource, or one of its replicas, enters a state.</summary>
    /// <param name="resourceName">The name of the resource.</param>
    /// <param name="targetState">The state; null means <c>Running</c>.</param>
    /// <param name="cancellationToken">Gives the wait up.</param>
    public async Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default)
    {
        var state = targetState ?? KnownResourceStates.Running;
        await WaitForResourceAsync(resourceName, [state], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits until a resource, or one of its replicas, enters one of several states.</summary>
    /// <returns>The state it entered.</returns>
    public async Task<string> WaitForResourceAsync(string resourceName, IEnumerable<string> targetStates, CancellationToken cancellationToken = default)
    {
        var states = targetStates.ToList();
        var entered = await WaitForResourceAsync(
            resourceName,
            e => e.Snapshot.State is { } state && states.Contains(state.Text, StringComparer.OrdinalIgnoreCase),
            $"to reach the '{string.Join("' or '", states)}' state",
            cancellationToken).ConfigureAwait(false);
        return entered.Snapshot.State!.Text;
    }

    /// <summary>Waits until a resource, or one of its replicas, meets a condition.</summary>
    /// <returns>The resource as it met the condition.</returns>
    public Task<ResourceEvent> WaitForResourceAsync(string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default) =>
        WaitForResourceAsync(resourceName, predicate, "to meet the condition", cancellationToken);

    /// <summary>Waits until a resource is healthy; what happens when it cannot become so is the application's default.</summary>
    public Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default) =>
        WaitForResourceHealthyAsync(resourceName, DefaultWaitBehavior, cancellationToken);

    /// <summary>Waits until a resource is healthy.</summary>
    /// <param name="resourceName">The name of the resource.</param>
    /// <param name="waitBehavior">What happens when it cannot become so.</param>
    /// <param name="cancellationToken">Gives the wait up.</param>
    public async Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, WaitBehavior waitBehavior, CancellationToken cancellationToken = default)
    {
        var known = _services.GetRequiredService<DistributedApplicationModel>().Resources.TryGetByName(resourceName, out _);
        if (!known && waitBehavior == WaitBehavior.StopOnResourceUnavailable)
        {
            throw new DistributedApplicationException(
                $"Stopped waiting for resource '{resourceName}' to become healthy because it does not exist in the application model.");
        }

        var ended = await WaitForResourceAsync(
            resourceName,
            e => IsReady(e.Snapshot) || (waitBehavior == WaitBehavior.StopOnResourceUnavailable && IsUnavailable(e.Snapshot)),
            "to become healthy",
            cancellationToken).ConfigureAwait(false);
        if (!IsReady(ended.Snapshot))
        {
            throw new DistributedApplicationException(
                $"Stopped waiting for resource '{resourceName}' to become healthy because {Unavailable(ended.Snapshot)}");
        }

        await ended.Snapshot.Ready!.WaitAsync(cancellationToken).ConfigureAwait(false);
        return ended;
    }

    /// <summary>Follows the changes: first every resource as it is now, then each change.</summary>
    public async IAsyncEnumerable<ResourceEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<ResourceEvent>();
        lock (_lock)
        {
            foreach (var current in _current.Values)
            {
                channel.Writer.TryWrite(current);
            }

            _watchers.Add(channel.Writer);
        }

        try
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed.Token);
            await foreach (var change in channel.Reader.ReadAllAsync(ended.Token).ConfigureAwait(false))
            {
                yield return change;
            }
        }
        finally
        {
            lock (_lock)
            {
                _watchers.Remove(channel.Writer);
            }
        }
    }

    /// <summary>Gives a resource as it is now.</summary>
    /// <param name="resourceId">Its name, or the id of one of its replicas.</param>
    /// <param name="resourceEvent">The resource.</param>
    public bool TryGetCurrentState(string resourceId, [NotNullWhen(true)] out ResourceEvent? resourceEvent)
    {
        lock (_lock)
        {
            return _current.TryGetValue(resourceId, out resourceEvent);
        }
    }

    /// <summary>Changes the state of a resource.</summary>
    public Task PublishUpdateAsync(IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return PublishUpdateAsync(resource, resource.Name, stateFactory);
    }

    /// <summary>Changes the state of a replica of a resource.</summary>
    public Task PublishUpdateAsync(IResource resource, string resourceId, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(stateFactory);
        lock (_lock)
        {
            var before = _current.TryGetValue(resourceId, out var known)
                ? known.Snapshot
                : new CustomResourceSnapshot { ResourceType = resource.GetType().Name.Replace("Resource", "", StringComparison.Ordinal) };
            var after = stateFactory(before);
            if (known is not null && after == before)
            {
                return Task.CompletedTask;
            }

            var change = new ResourceEvent(resource, resourceId, after);
            _current[resourceId] = change;
            foreach (var watcher in _watchers)
            {
                watcher.TryWrite(change);
            }

            foreach (var waiting in _waiting.Where(w => w.Condition()).ToList())
            {
                _waiting.Remove(waiting);
                waiting.Met.TrySetResult();
            }
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _disposed.Cancel();
        GC.SuppressFinalize(this);
    }

    /// <summary>A resource whose ready handlers are running or done.</summary>
    internal static bool IsReady(CustomResourceSnapshot snapshot) =>
        snapshot.HealthStatus == Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy && snapshot.Ready is not null;

    internal static bool IsUnavailable(CustomResourceSnapshot snapshot) =>
        snapshot.State?.Text is { } state && (KnownResourceStates.TerminalStates.Contains(state) || state == KnownResourceStates.RuntimeUnhealthy);

    internal static string Unavailable(CustomResourceSnapshot snapshot) =>
        snapshot.State?.Text == KnownResourceStates.FailedToStart
            ? "it failed to start."
            : $"it entered the '{snapshot.State?.Text}' state prematurely.";

    /// <summary>Every replica of a resource as it is now.</summary>
    internal IReadOnlyList<ResourceEvent> Current(IResource resource)
    {
        lock (_lock)
        {
            return [.. _current.Values.Where(e => e.Resource == resource)];
        }
    }

    /// <summary>Waits until the replicas of a resource, seen together, meet a condition.</summary>
    internal async Task<IReadOnlyList<ResourceEvent>> WaitForAllAsync(
        IResource resource,
        Func<IReadOnlyList<ResourceEvent>, bool> condition,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<ResourceEvent> seen = [];
        await WaitUntilAsync(
            () =>
            {
                seen = Current(resource);
                return seen.Count > 0 && condition(seen);
            },
            cancellationToken).ConfigureAwait(false);
        return seen;
    }

    private async Task<ResourceEvent> WaitForResourceAsync(
        string resourceName,
        Func<ResourceEvent, bool> predicate,
        string purpose,
        CancellationToken cancellationToken)
    {
        ResourceEvent? met = null;
        try
        {
            await WaitUntilAsync(
                () =>
                {
                    met = _current.Values.FirstOrDefault(e =>
                        (string.Equals(e.Resource.Name, resourceName, StringComparison.OrdinalIgnoreCase) ||
                         string.Equals(e.ResourceId, resourceName, StringComparison.OrdinalIgnoreCase)) && predicate(e));
                    return met is not null;
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception)
        {
            throw new OperationCanceledException(
                $"Resource '{resourceName}' failed {purpose} before the operation was cancelled.", exception, cancellationToken);
        }

        return met!;
    }

    private async Task WaitUntilAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (condition())
            {
                return;
            }

            _waiting.Add((condition, met));
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed.Token);
        try
        {
            await met.Task.WaitAsync(ended.Token).ConfigureAwait(false);
        }
        finally
        {
            lock (_lock)
            {
                _waiting.RemoveAll(w => w.Met == met);
            }
        }
    }
}
