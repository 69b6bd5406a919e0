using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Data;

namespace Pamps.ApiService.Features.Billing;

/// <summary>
/// Takes a file in: streams it into the database and makes it an import, in one transaction. The same content is the
/// same import, also when it arrives twice at once: the second transaction waits for the first at the unique hash.
/// </summary>
internal sealed class ReceiveFile(
    PampsDbContext db, CurrentUser user, UploadSlots slots, ImportSignal signal, ImportProgress progress, IOptions<BillingOptions> options, TimeProvider clock)
{
    /// <summary>Stores the file and returns its import, new or known.</summary>
    /// <param name="body">The file.</param>
    /// <param name="allOrNothing">Whether one bad row refuses it.</param>
    /// <param name="cancellationToken">Cancels the upload.</param>
    /// <exception cref="BoletoCsvException">The header is not one.</exception>
    /// <exception cref="RowsRefusedException">All or nothing, and it was nothing.</exception>
    /// <exception cref="FileTooLargeException">The file is too large.</exception>
    /// <exception cref="InvalidDataException">The file is packed and cannot be unpacked.</exception>
    public async Task<BoletoImport> HandleAsync(UploadBody body, bool allOrNothing, CancellationToken cancellationToken)
    {
        using var slot = await slots.EnterAsync(cancellationToken);

        // Not through the execution strategy: a body cannot be read twice, so the client has to repeat.
        await db.Database.OpenConnectionAsync(cancellationToken);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        var import = await StoreAsync(connection, body, allOrNothing, cancellationToken);
        if (await InsertAsync(connection, import, cancellationToken))
        {
            await transaction.CommitAsync(cancellationToken);
            signal.Signal.Set();
            progress.Moved(import.Id);
        }
        else
        {
            await transaction.RollbackAsync(cancellationToken);
        }

        await db.Database.CloseConnectionAsync();
        return await db.BoletoImports.AsNoTracking().SingleAsync(known => known.Hash == import.Hash, cancellationToken);
    }

    private async Task<BoletoImport> StoreAsync(NpgsqlConnection connection, UploadBody body, bool allOrNothing, CancellationToken cancellationToken)
    {
        long id;
        await using (var next = new NpgsqlCommand("select nextval(pg_get_serial_sequence('boleto_imports', 'id'))", connection))
        {
            id = (long)(await next.ExecuteScalarAsync(cancellationToken))!;
        }

        await using var chunks = await connection.BeginBinaryImportAsync("copy boleto_import_chunks (import_id, number, data) from stdin (format binary)", cancellationToken);
        await using var file = new UploadedFile(body, chunks, id, options.Value.Imports.MaxBytes);
        using (var csv = await BoletoCsv.OpenAsync(file, CsvEncoding.Utf8, cancellationToken))
        {
            if (allOrNothing)
            {
                await CheckRowsAsync(csv, cancellationToken);
            }
        }

        var hash = await file.FinishAsync(cancellationToken);
        await body.FinishAsync(cancellationToken);
        await chunks.CompleteAsync(cancellationToken);
        return new BoletoImport
        {
            Id = id,
            AccountId = user.Id,
            FileName = Shortened(body.FileName),
            Hash = hash,
            State = BoletoImportStates.Received,
            ByteCount = file.ByteCount,
            IsWindows1252 = file.Encoding == CsvEncoding.Windows1252,
            CreatedAt = clock.GetUtcNow(),
        };
    }

    private static async Task CheckRowsAsync(BoletoCsv csv, CancellationToken cancellationToken)
    {
        var first = new List<RowProblem>();
        var count = 0L;
        while (await csv.ReadAsync(cancellationToken))
        {
            count += csv.Problems.Count;
            first.AddRange(csv.Problems.Take(RowsRefusedException.MaxListed - first.Count));
        }

        if (count > 0)
        {
            throw new RowsRefusedException(count, first);
        }
    }

    private static async Task<bool> InsertAsync(NpgsqlConnection connection, BoletoImport import, CancellationToken cancellationToken)
    {
        await using var insert = new NpgsqlCommand("""
            insert into boleto_imports
                (id, account_id, file_name, hash, state, byte_count, is_windows1252, position, next_line, rows, accepted, duplicates, rejected, issued, sent, paid, created_at)
            values ($1, $2, $3, $4, $5, $6, $7, 0, 1, 0, 0, 0, 0, 0, 0, 0, $8)
            on conflict (hash) do nothing
            """, connection)
        {
            Parameters =
            {
                new() { Value = import.Id },
                new() { Value = (object?)import.AccountId ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint },
                new() { Value = import.FileName },
                new() { Value = import.Hash },
                new() { Value = import.State },
                new() { Value = import.ByteCount },
                new() { Value = import.IsWindows1252 },
                new() { Value = import.CreatedAt },
            },
        };
        return await insert.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>A name to show: without control characters, at most as long as the column.</summary>
    private static string Shortened(string name)
    {
        var shown = string.Concat(name.Where(c => !char.IsControl(c))).Trim();
        return shown.Length == 0 ? "upload.csv" : shown[..Math.Min(shown.Length, 255)];
    }
}
