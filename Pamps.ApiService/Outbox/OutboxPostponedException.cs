namespace Pamps.ApiService.Outbox;

/// <summary>
/// A handler cannot work now because what it needs is away, Redis for instance. The message is tried again soon and for as
/// long as it takes: it is not its fault, and feeds must be complete shortly after Redis is back, not at the end of a pause
/// that has grown with the outage.
/// </summary>
/// <param name="message">What is away.</param>
internal sealed class OutboxPostponedException(string message) : Exception(message);
