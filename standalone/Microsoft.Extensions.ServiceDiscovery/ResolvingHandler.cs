namespace Microsoft.Extensions.ServiceDiscovery;

/// <summary>Replaces the service name in a request's address for the time of sending.</summary>
internal sealed class ResolvingHandler(ConfiguredServices services) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is not { } original)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        // Put back afterwards: a retry above us must be able to choose another instance.
        try
        {
            request.RequestUri = services.Resolve(original);
            return await base.SendAsync(request, cancellationToken);
        }
        finally
        {
            request.RequestUri = original;
        }
    }
}
