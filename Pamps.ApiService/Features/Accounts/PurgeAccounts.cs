using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Outbox;

namespace Pamps.ApiService.Features.Accounts;

/// <summary>Looks now and then for accounts whose grace time is over, exports past their time and old idempotency keys.</summary>
internal sealed partial class PurgeAccounts(
    IServiceScopeFactory scopes, IOptions<AccountOptions> options, TimeProvider clock, ILogger<PurgeAccounts> logger) : BackgroundService
{
    private const int Batch = 100;

    /// <summary>What one round found.</summary>
    /// <param name="Accounts">Accounts handed over for erasure.</param>
    /// <param name="Exports">Exports removed.</param>
    /// <param name="Keys">Idempotency keys forgotten.</param>
    internal sealed record Round(int Accounts, int Exports, int Keys);

    /// <summary>Does one round. Replicas may do it at the same time: rows are taken with a lock that the others skip.</summary>
    /// <param name="db">The database.</param>
    /// <param name="options">The times.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Cancels.</param>
    internal static async Task<Round> RunAsync(PampsDbContext db, AccountOptions options, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var accounts = 0;
        int found;
        do
        {
            found = await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
            {
                await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
                var before = now - options.DeletionGrace;
                var due = await db.Accounts
                    .FromSql($"select * from accounts where deleted_at < {before} and purged_at is null order by id limit {Batch} for update skip locked")
                    .ToListAsync(cancellationToken);
                foreach (var account in due)
                {
                    account.PurgedAt = now;
                    db.AuditEntries.Add(Audit.Entry("account.purge", $"account:{account.Id}", actorId: null, reason: null, now));
                    db.Publish(new AccountPurged(account.Id));
                }

                await db.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                db.ChangeTracker.Clear();
                return due.Count;
            });
            accounts += found;
        }
        while (found == Batch);

        var expired = await db.AccountExports.Where(export => export.State == ExportStates.Ready && export.ExpiresAt <= now)
            .ExecuteUpdateAsync(set => set.SetProperty(export => export.State, ExportStates.Expired), cancellationToken);
        await db.AccountExportParts.Where(part => part.Export.State == ExportStates.Expired).ExecuteDeleteAsync(cancellationToken);
        var old = now - IdempotencyClaims.Kept;
        var keys = await db.IdempotencyKeys.Where(key => key.CreatedAt < old).ExecuteDeleteAsync(cancellationToken);
        return new Round(accounts, expired, keys);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.PurgeInterval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await using var scope = scopes.CreateAsyncScope();
                    await RunAsync(scope.ServiceProvider.GetRequiredService<PampsDbContext>(), options.Value, clock.GetUtcNow(), stoppingToken);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    LogFailed(logger, exception);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    [LoggerMessage(EventId = 1201, Level = LogLevel.Warning, Message = "A round of purging failed; the next one tries again")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
