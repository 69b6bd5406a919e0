namespace Pamps.ApiService.Http;

/// <summary>Marks an operation that honours the header <c>Idempotency-Key</c>.</summary>
internal sealed record IdempotentOperation;

internal static class Idempotency
{
    /// <summary>The header.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>Lets a client repeat a POST without doing its work twice.</summary>
    /// <param name="endpoint">The endpoint.</param>
    public static RouteHandlerBuilder Idempotent(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new IdempotentOperation());
}
