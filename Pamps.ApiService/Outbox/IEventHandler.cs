namespace Pamps.ApiService.Outbox;

/// <summary>A side effect of an event. It runs at least once, in any order, and so has to be idempotent.</summary>
/// <typeparam name="TEvent">The event.</typeparam>
internal interface IEventHandler<in TEvent>
    where TEvent : IEvent
{
    Task HandleAsync(TEvent e, OutboxDelivery delivery, CancellationToken cancellationToken);
}
