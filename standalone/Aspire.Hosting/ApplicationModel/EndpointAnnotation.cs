using System.Net.Sockets;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>An endpoint that a resource listens on.</summary>
public sealed class EndpointAnnotation : IResourceAnnotation
{
    private string? _transport;
    private bool? _isProxied;

    /// <summary>Describes an endpoint.</summary>
    /// <param name="protocol">TCP or UDP.</param>
    /// <param name="uriScheme">The scheme of its addresses; the protocol's name unless given.</param>
    /// <param name="transport">The protocol spoken, such as <c>http</c>.</param>
    /// <param name="name">The name; the scheme unless given.</param>
    /// <param name="port">The port that clients use; chosen at start unless given.</param>
    /// <param name="targetPort">The port that the process listens on; chosen at start unless given.</param>
    /// <param name="isExternal">Whether it is meant for the outside.</param>
    /// <param name="isProxied">Whether something may stand between client and process.</param>
    public EndpointAnnotation(
        ProtocolType protocol,
        string? uriScheme = null,
        string? transport = null,
        string? name = null,
        int? port = null,
        int? targetPort = null,
        bool? isExternal = null,
        bool? isProxied = null)
    {
        Protocol = protocol;
        UriScheme = uriScheme ?? protocol.ToString().ToLowerInvariant();
        _transport = transport;
        Name = name ?? UriScheme;
        Port = port;
        TargetPort = targetPort;
        IsExternal = isExternal ?? false;
        _isProxied = isProxied;
    }

    /// <summary>TCP or UDP.</summary>
    public ProtocolType Protocol { get; set; }

    /// <summary>The port that clients use; null lets the engine choose one at start.</summary>
    public int? Port { get; set; }

    /// <summary>The port that the process listens on; null lets the engine choose one at start.</summary>
    public int? TargetPort { get; set; }

    /// <summary>The scheme of its addresses.</summary>
    public string UriScheme { get; set; }

    /// <summary>The host that the process listens on.</summary>
    public string TargetHost { get; set; } = "localhost";

    /// <summary>The protocol spoken: <c>http</c> for web schemes, else the scheme.</summary>
    public string Transport
    {
        get => _transport ?? (UriScheme is "http" or "https" ? "http" : Protocol.ToString().ToLowerInvariant());
        set => _transport = value;
    }

    /// <summary>The name, unique within the resource.</summary>
    public string Name { get; set; }

    /// <summary>Whether it is meant for the outside.</summary>
    public bool IsExternal { get; set; }

    /// <summary>Whether something may stand between client and process.</summary>
    public bool IsProxied
    {
        get => _isProxied ?? true;
        set => _isProxied = value;
    }

    /// <summary>Whether the endpoint speaks TLS.</summary>
    public bool TlsEnabled { get; set; }

    /// <summary>The address in use, once the application has chosen it.</summary>
    public AllocatedEndpoint? AllocatedEndpoint
    {
        get;
        set
        {
            field = value;
            if (value is not null)
            {
                Allocated.TrySetResult(value);
            }
        }
    }

    /// <summary>Completes with the address, or with null when the resource is not started by this engine; expressions that contain it wait here.</summary>
    internal TaskCompletionSource<AllocatedEndpoint?> Allocated { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The environment variable that tells the process its port.</summary>
    internal string? PortVariable { get; set; }
}
