using Microsoft.Extensions.Options;
using Pamps.ApiService.Data;
using Pamps.ApiService.Outbox;

namespace Pamps.ApiService.Features.Billing;

/// <summary>Tells of imports whose counts moved: at once, then at most every half second, however many chunks or mails that is.</summary>
internal sealed class ReportImports(
    ImportProgress progress, IServiceScopeFactory scopes, IOptions<BillingOptions> options, TimeProvider clock, ILogger<ReportImports> logger)
    : BillingLoop(progress.Signal, scopes, options, clock, logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    protected override async Task<bool> WorkAsync(PampsDbContext db, CancellationToken cancellationToken)
    {
        var moved = progress.Take();
        if (moved.Count == 0)
        {
            return false;
        }

        foreach (var id in moved)
        {
            db.Publish(new ImportAdvanced(id));
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch
        {
            moved.ToList().ForEach(progress.Moved);
            throw;
        }

        using var pause = new PeriodicTimer(Pause, Clock);
        await pause.WaitForNextTickAsync(cancellationToken);
        return true;
    }
}
