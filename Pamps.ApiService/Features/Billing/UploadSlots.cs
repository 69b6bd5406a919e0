using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Billing;

/// <summary>Bounds the uploads at once, since each holds a connection to the database that others need too. Some may wait, the rest is sent away.</summary>
internal sealed class UploadSlots(IOptions<BillingOptions> options) : IDisposable
{
    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = options.Value.Imports.MaxAtOnce,
        QueueLimit = options.Value.Imports.MaxAtOnce * 4,
    });

    /// <exception cref="UnavailableException">All slots are taken, and others wait for them.</exception>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        var lease = await _limiter.AcquireAsync(1, cancellationToken);
        return lease.IsAcquired ? lease : throw new UnavailableException("Too many uploads at once; try again in a moment.");
    }

    public void Dispose() => _limiter.Dispose();
}
