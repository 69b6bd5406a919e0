namespace Pamps.ApiService.Outbox;

/// <summary>One attempt to bring one message to one handler.</summary>
internal sealed class OutboxDelivery(long messageId, int attempt, string? cursor, Func<string, int, CancellationToken, Task> save)
{
    public long MessageId => messageId;

    /// <summary>1 for the first.</summary>
    public int Attempt => attempt;

    /// <summary>What this handler saved last, also in an earlier attempt or another process; null at the start.</summary>
    public string? Cursor { get; private set; } = cursor;

    /// <summary>Stores where long work goes on after a restart, and how far it is (0 to 100).</summary>
    public async Task SaveAsync(string cursor, int progress, CancellationToken cancellationToken)
    {
        await save(cursor, progress, cancellationToken);
        Cursor = cursor;
    }
}
