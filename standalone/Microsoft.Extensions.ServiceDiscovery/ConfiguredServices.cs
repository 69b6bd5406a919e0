using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Extensions.ServiceDiscovery;

/// <summary>
/// Finds services in configuration. The parts of an address:
/// <code>
/// https+http://apiservice/path            schemes in order of preference, service
/// https+http://_admin.apiservice/path     the endpoint called admin of that service
///
/// services:apiservice:https:0 = https://localhost:7001     service, endpoint or scheme, instance
/// services:apiservice:admin:0 = http://localhost:7002
/// services:apiservice:default:0 = http://localhost:7003    when the address names no endpoint, before the schemes
/// </code>
/// An instance without a scheme (<c>localhost:7001</c>) takes the first of the address. Several instances take turns.
/// A host that is no configured service is left as it is.
/// </summary>
internal sealed class ConfiguredServices(IConfiguration configuration)
{
    private const string Section = "services";
    private const string DefaultEndpoint = "default";

    private readonly ConcurrentDictionary<string, Turn> _turns = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gives the address to send to.</summary>
    /// <param name="address">An absolute address whose host may be a service.</param>
    public Uri Resolve(Uri address)
    {
        var schemes = address.Scheme.Split('+', StringSplitOptions.RemoveEmptyEntries);
        var (service, endpoint) = Parse(address.Host);

        var instances = Instances(service, endpoint, schemes);
        if (instances.Count == 0)
        {
            return schemes.Length > 1 ? With(address, schemes[0], address.Host, PortOf(address)) : address;
        }

        var turn = _turns.GetOrAdd($"{endpoint}.{service}", _ => new Turn());
        var chosen = instances[(int)(turn.Next() % (uint)instances.Count)];
        return With(address, chosen.Scheme, chosen.Host, PortOf(chosen));
    }

    private static (string Service, string? Endpoint) Parse(string host) =>
        host.StartsWith('_') && host.IndexOf('.') is > 1 and var dot ? (host[(dot + 1)..], host[1..dot]) : (host, null);

    private List<Uri> Instances(string service, string? endpoint, string[] schemes)
    {
        var section = configuration.GetSection(Section).GetSection(service);
        string[] candidates = endpoint is null ? [DefaultEndpoint, .. schemes] : [endpoint];
        var values = candidates
            .Select(candidate => Values(section.GetSection(candidate)))
            .FirstOrDefault(found => found.Count > 0, []);

        // All instances have the scheme that comes first in the address among those there are.
        var addresses = values.Select(value => Address(value, schemes[0])).ToList();
        var scheme = schemes.FirstOrDefault(wanted => addresses.Any(found => IsScheme(found, wanted)));
        return scheme is null ? [] : addresses.FindAll(found => IsScheme(found, scheme));
    }

    private static List<string> Values(IConfigurationSection section)
    {
        IEnumerable<string?> values = section.Value is { } single ? [single] : section.GetChildren().Select(child => child.Value);
        return [.. values.OfType<string>().Where(value => !string.IsNullOrWhiteSpace(value))];
    }

    private static Uri Address(string value, string scheme) =>
        Uri.TryCreate(value.Contains("://", StringComparison.Ordinal) ? value : $"{scheme}://{value}", UriKind.Absolute, out var address)
            ? address
            : throw new InvalidOperationException($"Service discovery found '{value}', which is no address.");

    private static bool IsScheme(Uri address, string scheme) =>
        string.Equals(address.Scheme, scheme, StringComparison.OrdinalIgnoreCase);

    private static int PortOf(Uri address) => address.IsDefaultPort ? -1 : address.Port;

    private static Uri With(Uri address, string scheme, string host, int port) =>
        new UriBuilder(address) { Scheme = scheme, Host = host, Port = port }.Uri;

    private sealed class Turn
    {
        private uint _count;

        public uint Next() => Interlocked.Increment(ref _count) - 1;
    }
}
