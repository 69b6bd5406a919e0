namespace Microsoft.Extensions.Http.Resilience;

/// <summary>The strategies of the standard pipeline, from the outermost to the innermost; ahead of them at most 1000 requests run at once.</summary>
public class HttpStandardResilienceOptions
{
    /// <summary>Time for the request with all its attempts; 30 seconds.</summary>
    public HttpTimeoutStrategyOptions TotalRequestTimeout { get; set; } = new() { Timeout = TimeSpan.FromSeconds(30), Name = "Standard-TotalRequestTimeout" };

    /// <summary>Repetitions after a transient failure; three.</summary>
    public HttpRetryStrategyOptions Retry { get; set; } = new() { Name = "Standard-Retry" };

    /// <summary>Stops sending while too many attempts fail.</summary>
    public HttpCircuitBreakerStrategyOptions CircuitBreaker { get; set; } = new() { Name = "Standard-CircuitBreaker" };

    /// <summary>Time for one attempt; 10 seconds.</summary>
    public HttpTimeoutStrategyOptions AttemptTimeout { get; set; } = new() { Timeout = TimeSpan.FromSeconds(10), Name = "Standard-AttemptTimeout" };
}
