using System.Net;
using Polly;
using Polly.Timeout;

namespace Microsoft.Extensions.Http.Resilience;

/// <summary>Tells failures that may pass by themselves from others.</summary>
public static class HttpClientResiliencePredicates
{
    /// <summary>True for status 500 and above, 408 and 429, for a failed connection and for an attempt that took too long.</summary>
    /// <param name="outcome">What the attempt ended with.</param>
    public static bool IsTransient(Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Exception: HttpRequestException or TimeoutRejectedException } => true,
        { Result: { } response } =>
            response.StatusCode is >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests,
        _ => false,
    };
}
