using Microsoft.Extensions.Options;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Billing;

/// <summary>Bounds the uploads at once: each holds a connection to the database, which others need too.</summary>
internal sealed class UploadSlots(IOptions<BillingOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _slots = new(options.Value.Imports.MaxAtOnce);

    /// <exception cref="UnavailableException">All slots are taken.</exception>
    public IDisposable Enter() =>
        _slots.Wait(0) ? new Slot(_slots) : throw new UnavailableException("Too many uploads at once; try again in a moment.");

    public void Dispose() => _slots.Dispose();

    private sealed class Slot(SemaphoreSlim slots) : IDisposable
    {
        public void Dispose() => slots.Release();
    }
}
