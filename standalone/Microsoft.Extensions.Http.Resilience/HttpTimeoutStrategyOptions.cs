using Polly.Timeout;

namespace Microsoft.Extensions.Http.Resilience;

/// <summary>A time limit of HTTP requests.</summary>
public class HttpTimeoutStrategyOptions : TimeoutStrategyOptions;
