using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using Pamps.ApiService.Data;

namespace Pamps.ApiService.Features.Billing;

/// <summary>
/// Turns stored files into debts, a chunk of rows a transaction; the transaction also moves the place in the file, so a
/// crash costs the chunk it interrupts and nothing is stored twice. One replica reads an import at a time: it holds an
/// advisory lock of its database session, which ends with the process that dies.
/// </summary>
internal sealed partial class ReadImports(
    ImportSignal imports, DeliverySignal delivery, ImportProgress progress, StoreDebts store, IServiceScopeFactory scopes,
    IOptions<BillingOptions> options, TimeProvider clock, ILogger<ReadImports> logger)
    : BillingLoop(imports.Signal, scopes, options, clock, logger)
{
    /// <summary>First key of the advisory locks; the second is the import.</summary>
    private const int LockSpace = 0x424F4C49;

    private readonly ILogger _log = logger;
    private readonly IServiceScopeFactory _scopes = scopes;

    /// <summary>Imports are read one after the other, all with the same buffers.</summary>
    private readonly DebtChunk _chunk = new();

    protected override async Task<bool> WorkAsync(PampsDbContext db, CancellationToken cancellationToken)
    {
        var ids = await db.BoletoImports.Where(import => import.State != BoletoImportStates.Done)
            .OrderBy(import => import.Id).Select(import => import.Id).ToListAsync(cancellationToken);
        Exception? failure = null;
        foreach (var id in ids)
        {
            try
            {
                if (await TryReadAsync(db, id, cancellationToken))
                {
                    return true;
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // An import that cannot be read must not stand in the way of the next one.
                failure = exception;
            }
        }

        return failure is null ? false : throw new InvalidOperationException("An import cannot be read.", failure);
    }

    private async Task<bool> TryReadAsync(PampsDbContext db, long id, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            var connection = (NpgsqlConnection)db.Database.GetDbConnection();
            await using var tryLock = new NpgsqlCommand("select pg_try_advisory_lock($1, $2)", connection)
            {
                Parameters = { new() { Value = LockSpace }, new() { Value = (int)id } },
            };
            if (await tryLock.ExecuteScalarAsync(cancellationToken) is not true)
            {
                return false;
            }

            try
            {
                await ReadAsync(db, connection, id, cancellationToken);
            }
            finally
            {
                await using var unlock = new NpgsqlCommand("select pg_advisory_unlock($1, $2)", connection)
                {
                    Parameters = { new() { Value = LockSpace }, new() { Value = (int)id } },
                };
                if (connection.State == System.Data.ConnectionState.Open)
                {
                    await unlock.ExecuteScalarAsync(CancellationToken.None);
                }
            }

            return true;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private async Task ReadAsync(PampsDbContext db, NpgsqlConnection connection, long id, CancellationToken cancellationToken)
    {
        // Read under the lock: another replica may just have finished it.
        var import = await db.BoletoImports.AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken);
        if (import.State == BoletoImportStates.Done)
        {
            return;
        }

        LogStart(_log, id, import.Position, import.ByteCount);
        await using var scope = _scopes.CreateAsyncScope();
        var reading = scope.ServiceProvider.GetRequiredService<PampsDbContext>();
        await reading.Database.OpenConnectionAsync(cancellationToken);
        using var csv = await OpenAsync((NpgsqlConnection)reading.Database.GetDbConnection(), import, cancellationToken);
        var expectsKnown = false;

        // One after the other: to read the next rows meanwhile saved no time that was measured, and kept the second core from requests.
        while (await _chunk.FillAsync(csv, Options.Imports.ChunkRows, cancellationToken))
        {
            expectsKnown = await store.HandleAsync(db, connection, id, _chunk, expectsKnown, cancellationToken);
            delivery.Signal.Set();
            progress.Moved(id);
        }

        await store.FinishAsync(db, import, csv.Position, csv.NextLine, cancellationToken);
        LogEnd(_log, id);
    }

    private static async Task<BoletoCsv> OpenAsync(NpgsqlConnection connection, BoletoImport import, CancellationToken cancellationToken)
    {
        var encoding = import.IsWindows1252 ? CsvEncoding.Windows1252 : CsvEncoding.Utf8;
        var csv = await BoletoCsv.OpenAsync(new StoredFile(connection, import.Id, 0), encoding, cancellationToken);
        if (import.Position == 0)
        {
            return csv;
        }

        csv.Dispose();
        return BoletoCsv.Continue(new StoredFile(connection, import.Id, import.Position), encoding, csv.Layout, import.Position, import.NextLine);
    }

    [LoggerMessage(EventId = 4010, Level = LogLevel.Information, Message = "Reading import {ImportId} from byte {Position} of {Bytes}")]
    private static partial void LogStart(ILogger logger, long importId, long position, long bytes);

    [LoggerMessage(EventId = 4011, Level = LogLevel.Information, Message = "Import {ImportId} is read")]
    private static partial void LogEnd(ILogger logger, long importId);
}
