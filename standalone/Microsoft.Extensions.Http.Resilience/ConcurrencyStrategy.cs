using Polly;

namespace Microsoft.Extensions.Http.Resilience;

/// <summary>Refuses what exceeds a number of requests at once, so that a slow service cannot eat the memory of its caller.</summary>
internal sealed class ConcurrencyStrategy(int permits) : ResilienceStrategy
{
    private int _running;

    protected override async ValueTask<Outcome<TResult>> ExecuteCore<TResult, TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<TResult>>> callback, ResilienceContext context, TState state)
    {
        try
        {
            return Interlocked.Increment(ref _running) > permits
                ? Outcome.FromException<TResult>(new TooManyRequestsException(permits))
                : await callback(context, state);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    private sealed class TooManyRequestsException(int permits)
        : ExecutionRejectedException($"{permits} requests of this client are under way; this one was not sent.");
}
