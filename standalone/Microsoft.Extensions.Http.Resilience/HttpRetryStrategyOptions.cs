using Polly;
using Polly.Retry;

namespace Microsoft.Extensions.Http.Resilience;

/// <summary>Repetition of HTTP requests: three times, after about 2, 4 and 8 seconds or when the server says.</summary>
public class HttpRetryStrategyOptions : RetryStrategyOptions<HttpResponseMessage>
{
    private bool _shouldRetryAfterHeader;

    /// <summary>Starts with the standard values.</summary>
    public HttpRetryStrategyOptions()
    {
        ShouldHandle = arguments => ValueTask.FromResult(HttpClientResiliencePredicates.IsTransient(arguments.Outcome));
        BackoffType = DelayBackoffType.Exponential;
        UseJitter = true;
        ShouldRetryAfterHeader = true;
    }

    /// <summary>Whether the response's <c>Retry-After</c> header sets the delay (RFC 9110, 10.2.3).</summary>
    public bool ShouldRetryAfterHeader
    {
        get => _shouldRetryAfterHeader;
        set
        {
            _shouldRetryAfterHeader = value;
            DelayGenerator = value ? arguments => ValueTask.FromResult(RetryAfter(arguments.Outcome.Result)) : null;
        }
    }

    /// <summary>Null, also for a moment that has passed, means the usual delay.</summary>
    private static TimeSpan? RetryAfter(HttpResponseMessage? response)
    {
        var header = response?.Headers.RetryAfter;
        var delay = header?.Delta ?? (header?.Date - TimeProvider.System.GetUtcNow());
        return delay >= TimeSpan.Zero ? delay : null;
    }
}
