using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>
/// The ports of one resource in this run. A process listens on the public port itself; only several replicas, or a
/// process that insists on a port of its own, get a forwarder between.
/// </summary>
internal sealed class EndpointAllocation
{
    private readonly IResource _resource;
    private readonly Dictionary<EndpointAnnotation, int[]> _targets = [];

    private EndpointAllocation(IResource resource) => _resource = resource;

    /// <summary>Chooses the ports of a resource and tells them to everyone who waits for its addresses.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="replicas">How many processes it has.</param>
    /// <param name="randomize">Whether the ports that the model asks for are ignored, as tests do.</param>
    public static EndpointAllocation Allocate(IResource resource, int replicas, bool randomize)
    {
        var allocation = new EndpointAllocation(resource);
        var isServer = resource.Annotations.OfType<LocalProcessAnnotation>().Any();
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
        {
            // A server's target port is that of its container; the local process takes any.
            var targetPort = isServer ? null : endpoint.TargetPort;
            if (!endpoint.IsProxied)
            {
                if (replicas > 1)
                {
                    throw new DistributedApplicationException(
                        $"Resource '{resource.Name}' uses multiple replicas and a proxy-less endpoint '{endpoint.Name}'. These features do not work together.");
                }

                targetPort ??= endpoint.Port;
            }

            var askedFor = endpoint.IsProxied ? (randomize ? null : endpoint.Port) : endpoint.Port ?? targetPort;
            var port = askedFor ?? PortAllocator.Free();
            if (askedFor is not null && !PortAllocator.IsFree(port))
            {
                throw PortTaken(resource, endpoint, port);
            }

            allocation._targets[endpoint] = replicas > 1
                ? [.. Enumerable.Range(0, replicas).Select(_ => PortAllocator.Free())]
                : [targetPort ?? port];
            endpoint.AllocatedEndpoint = new AllocatedEndpoint(
                endpoint, "localhost", port, allocation._targets[endpoint][0].ToString(CultureInfo.InvariantCulture));
        }

        return allocation;
    }

    /// <summary>Before each start: the port that a process is about to listen on must still be free.</summary>
    public void CheckFree(int replica)
    {
        foreach (var (endpoint, targets) in _targets)
        {
            if (!PortAllocator.IsFree(targets[replica]))
            {
                throw PortTaken(_resource, endpoint, targets[replica]);
            }
        }
    }

    /// <summary>The port that a replica listens on.</summary>
    public int Target(EndpointAnnotation endpoint, int replica) => _targets[endpoint][replica];

    public IEnumerable<TcpForwarder> StartForwarders() => _targets
        .Where(t => t.Value.Length > 1 || t.Value[0] != t.Key.AllocatedEndpoint!.Port)
        .Select(t => TcpForwarder.Start(t.Key.AllocatedEndpoint!.Port, t.Value))
        .ToList();

    private static DistributedApplicationException PortTaken(IResource resource, EndpointAnnotation endpoint, int port) => new(
        $"Port {port} of resource '{resource.Name}' (endpoint '{endpoint.Name}') is already in use by another program. " +
        $"End that program, or give the endpoint another port.");
}
