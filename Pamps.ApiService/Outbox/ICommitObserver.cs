namespace Pamps.ApiService.Outbox;

/// <summary>
/// Learns of each event right after its transaction has been committed, on the thread that committed it and before the
/// caller goes on: the place to drop what memory holds of the former state. It may neither wait nor fail. An event
/// whose process died at that moment is announced again, late, by the process that takes its message over.
/// </summary>
internal interface ICommitObserver
{
    void OnCommitted(IEvent e);
}
