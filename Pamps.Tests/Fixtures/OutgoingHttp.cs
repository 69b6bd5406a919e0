using System.Collections.Concurrent;

namespace Pamps.Tests.Fixtures;

/// <summary>
/// The world outside as the API sees it: a request to a host that no test has registered throws, so that no test
/// reaches the internet by accident and no feature calls somebody unnoticed.
/// </summary>
public sealed class OutgoingHttp
{
    private readonly ConcurrentDictionary<string, Func<HttpRequestMessage, HttpResponseMessage>> _hosts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Lets the API call a host.</summary>
    /// <param name="host">Host name, without scheme and port.</param>
    /// <param name="answer">Makes the answer.</param>
    public void Register(string host, Func<HttpRequestMessage, HttpResponseMessage> answer) => _hosts[host] = answer;

    internal HttpMessageHandler CreateHandler() => new Handler(this);

    private sealed class Handler(OutgoingHttp world) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (!world._hosts.TryGetValue(request.RequestUri!.Host, out var answer))
            {
                throw new InvalidOperationException(
                    $"The API called {request.Method} {request.RequestUri}; register the host with {nameof(OutgoingHttp)}.{nameof(Register)} if it may.");
            }

            var response = answer(request);
            response.RequestMessage = request;
            return Task.FromResult(response);
        }
    }
}
