using System.Data;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Outbox;
using Pamps.ApiService.Redis;

namespace Pamps.ApiService.Features.Streams;

/// <summary>
/// Tells how far a file of debts is: whoever sent it, and everybody who works with billing at that moment. Each hears of it
/// in the log of what concerns the account, so streams have no further log to follow; operators are few.
/// </summary>
internal sealed class PushImport(PampsDbContext db, StreamStore store) : IEventHandler<ImportAdvanced>, IEventHandler<ImportCompleted>
{
    /// <summary>First key of the advisory locks; the second is the import.</summary>
    private const int LockSpace = 0x494D5052;

    public Task HandleAsync(ImportAdvanced e, OutboxDelivery delivery, CancellationToken cancellationToken) => PushAsync(e.ImportId, cancellationToken);

    public Task HandleAsync(ImportCompleted e, OutboxDelivery delivery, CancellationToken cancellationToken) => PushAsync(e.ImportId, cancellationToken);

    // Looking and telling happen under a lock: what another replica saw earlier must not be told later, or a reader
    // would take a finished import for an unfinished one.
    private Task PushAsync(long importId, CancellationToken cancellationToken) =>
        db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
            await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({LockSpace}, {(int)importId})", cancellationToken);
            var import = await db.BoletoImports.AsNoTracking().SingleOrDefaultAsync(row => row.Id == importId, cancellationToken);
            if (import is null)
            {
                return;
            }

            var failed = await db.Boletos.LongCountAsync(boleto => boleto.ImportId == importId && boleto.State == BoletoStates.Error, cancellationToken);
            var counts = new ImportCounts(
                import.State,
                import.ByteCount,
                import.State == BoletoImportStates.Done ? import.ByteCount : import.Position,
                import.Rows,
                import.Accepted,
                import.Duplicates,
                import.Rejected,
                import.Issued,
                import.Sent,
                failed);
            var told = new StreamEvent { Type = "import", ImportId = importId, SenderId = import.AccountId, Import = counts }.Write();
            var listeners = await db.Accounts.AsNoTracking()
                .Where(account => account.DeletedAt == null && account.SuspendedAt == null && (account.Id == import.AccountId || account.BillingOperator || account.Role == AccountRole.Administrator))
                .Select(account => account.Id).Order().ToListAsync(cancellationToken);
            foreach (var listener in listeners)
            {
                await store.AppendAsync(RedisKeys.AccountLog(listener), told);
            }
        });
}
