using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Pamps.Tests.AppHost.Standalone;

internal static class EndpointPorts
{
    /// <summary>The port that clients of a resource use in this run.</summary>
    public static int GetEndpointPort(this IServiceProvider services, string resource, string endpoint) =>
        services.GetRequiredService<DistributedApplicationModel>().Resources.TryGetByName(resource, out var found) && found is IResourceWithEndpoints owner
            ? new EndpointReference(owner, endpoint).Port
            : throw new ArgumentException($"There is no resource '{resource}' with endpoints.", nameof(resource));
}
