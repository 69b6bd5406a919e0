namespace Pamps.ApiService.Http;

/// <summary>Marks an operation that honours the header <c>Idempotency-Key</c>.</summary>
/// <param name="OwnTransaction">The operation opens transactions itself; its answer is stored right after it instead of within.</param>
internal sealed record IdempotentOperation(bool OwnTransaction);

internal static class Idempotency
{
    /// <summary>The header.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>The header of an answer that was stored before.</summary>
    public const string ReplayedHeader = "Idempotency-Replayed";

    /// <summary>Lets a client repeat a POST without doing its work twice; see <see cref="IdempotentRequests"/>.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="ownTransaction">
    /// True when the operation opens transactions itself: the answer cannot be stored in the transaction of the change,
    /// and a process that dies between the two leaves a claim that lapses, after which a repetition runs again. Such an
    /// operation needs a natural key of its own.
    /// </param>
    public static RouteHandlerBuilder Idempotent(this RouteHandlerBuilder endpoint, bool ownTransaction = false) =>
        endpoint.WithMetadata(new IdempotentOperation(ownTransaction));
}
