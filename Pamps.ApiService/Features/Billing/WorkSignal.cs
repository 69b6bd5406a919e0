using System.Threading.Channels;

namespace Pamps.ApiService.Features.Billing;

/// <summary>Wakes a loop of this replica before its next look at the queue. Losing a signal costs at most that wait.</summary>
internal sealed class WorkSignal
{
    private readonly Channel<bool> _channel = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Set() => _channel.Writer.TryWrite(true);

    public async Task WaitAsync(TimeSpan atMost, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(atMost, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await _channel.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The time is over: look at the queue without a signal.
        }
    }
}

/// <summary>There may be an import to read.</summary>
internal sealed class ImportSignal
{
    public WorkSignal Signal { get; } = new();
}

/// <summary>There may be debts to issue or boletos to mail.</summary>
internal sealed class DeliverySignal
{
    public WorkSignal Signal { get; } = new();
}
