using System.Collections.Concurrent;

namespace Pamps.Tests.ServiceDefaults;

/// <summary>The end of an HTTP client: answers by its script and remembers where it was sent.</summary>
internal sealed class ScriptedHandler(Func<int, CancellationToken, Task<HttpResponseMessage>> script) : HttpMessageHandler
{
    private int _count;

    public ScriptedHandler(Func<int, HttpResponseMessage> script)
        : this((attempt, _) => Task.FromResult(script(attempt)))
    {
    }

    /// <summary>The addresses of all attempts.</summary>
    public ConcurrentQueue<Uri> Addresses { get; } = new();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Addresses.Enqueue(request.RequestUri!);
        var response = await script(Interlocked.Increment(ref _count), cancellationToken);
        response.RequestMessage = request;
        return response;
    }
}
