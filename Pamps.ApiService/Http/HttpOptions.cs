using System.ComponentModel.DataAnnotations;

namespace Pamps.ApiService.Http;

/// <summary>Bounds of requests, and whom the API trusts. Section <c>Http</c>.</summary>
internal sealed class HttpOptions
{
    /// <summary>Largest body in bytes; operations that take files say their own limit.</summary>
    [Range(1_024, 100_000_000)]
    public long MaxBodyBytes { get; set; } = 1_000_000;

    /// <summary>Most open connections; the rest wait in the system's queue.</summary>
    [Range(1, 1_000_000)]
    public long MaxConnections { get; set; } = 20_000;

    /// <summary>Time to send all headers; a slower client is cut off.</summary>
    public TimeSpan HeadersTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Time to answer. Live streams are exempt, and so is what takes as long as its data is large: uploads of files and downloads that are written row by row.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a repetition is kept waiting for the first request with its <c>Idempotency-Key</c>: after a crash, so long
    /// until it may be done anew. Longer than <see cref="RequestTimeout"/>, or slow requests are done in vain.
    /// </summary>
    public TimeSpan IdempotencyLease { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Networks whose <c>X-Forwarded-For</c> is believed, such as <c>127.0.0.1/32,10.0.0.0/8</c>; nobody's when empty,
    /// since anybody can write that header.
    /// </summary>
    public string TrustedProxies { get; set; } = "";

    /// <summary>Origins, separated by commas, whose pages may call the API; <c>*</c> for all, nobody's when empty.</summary>
    public string CorsOrigins { get; set; } = "";
}
