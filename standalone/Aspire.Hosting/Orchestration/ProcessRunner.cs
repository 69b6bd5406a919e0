using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>A resource that is one process, or several alike behind a forwarder.</summary>
internal sealed class ProcessRunner : ResourceRunner
{
    private readonly ResourceNotificationService _notifications;
    private readonly EndpointAllocation _endpoints;
    private readonly List<TcpForwarder> _forwarders = [];
    private bool _forwards;

    public ProcessRunner(
        IResource resource, EndpointAllocation endpoints, IReadOnlyList<ProcessReplica> replicas, ResourceNotificationService notifications)
        : base(resource)
    {
        _notifications = notifications;
        _endpoints = endpoints;
        Replicas = replicas;
    }

    public IReadOnlyList<ProcessReplica> Replicas { get; }

    public override async Task PublishInitialAsync()
    {
        var urls = ResourceUrls.Of(Resource);
        foreach (var replica in Replicas)
        {
            await replica.PublishInitialAsync(KnownResourceStates.NotStarted).ConfigureAwait(false);
            await _notifications.PublishUpdateAsync(Resource, replica.Id, s => s with { Urls = urls }).ConfigureAwait(false);
        }
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (!_forwards)
        {
            _forwards = true;
            _forwarders.AddRange(_endpoints.StartForwarders());
        }

        return Task.WhenAll(Replicas.Select(r => r.StartAsync(cancellationToken)));
    }

    public override async Task StopAsync()
    {
        await Task.WhenAll(Replicas.Select(r => r.StopAsync())).ConfigureAwait(false);
        foreach (var forwarder in _forwarders)
        {
            await forwarder.DisposeAsync().ConfigureAwait(false);
        }

        _forwarders.Clear();
        _forwards = false;
    }
}
