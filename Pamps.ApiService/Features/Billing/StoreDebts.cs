using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using Pamps.ApiService.Data;
using Pamps.ApiService.Outbox;

namespace Pamps.ApiService.Features.Billing;

/// <summary>
/// Stores a chunk of rows as debts in one transaction, each with number and digits when it can have them: numbering is
/// arithmetic, so doing it here costs one write a row instead of two. What cannot be numbered now stays
/// <c>started</c> (no bank) or goes to <c>error</c> (a due date that no boleto can carry); <see cref="IssueBoletos"/>
/// comes back to both.
/// Transactions that add debts wait for each other at one lock, which keeps files with the same debts from deadlocking;
/// the database is the bottleneck in any case. Most files hold new debts only, so rows are copied first and known debts
/// looked up only when the unique index objects; a clause for conflicts would make every row dear instead.
/// Rows are copied in the order of that index, the one whose places are scattered, but numbered in that of the file.
/// </summary>
internal sealed class StoreDebts(Issuers issuers, TimeProvider clock)
{
    /// <summary>Advisory lock of whoever adds debts.</summary>
    private const long AddingLock = 0x424F4C44;

    private const string BeforeCopy = "before_copy";

    public async Task HandleAsync(PampsDbContext db, NpgsqlConnection connection, long importId, DebtChunk chunk, CancellationToken cancellationToken)
    {
        var issuer = await issuers.CurrentAsync(db, cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, "select pg_advisory_xact_lock($1)", cancellationToken, AddingLock);

        var (accepted, issued) = (0L, 0L);
        if (!chunk.ExpectsKnown)
        {
            await transaction.SaveAsync(BeforeCopy, cancellationToken);
            try
            {
                (accepted, issued) = await AddAsync(connection, importId, issuer, chunk.Debts, [], cancellationToken);
            }
            catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
            {
                await transaction.RollbackAsync(BeforeCopy, cancellationToken);
                chunk.ExpectsKnown = true;
            }
        }

        if (chunk.ExpectsKnown)
        {
            var known = await KnownAsync(connection, chunk.Debts, cancellationToken);
            (accepted, issued) = await AddAsync(connection, importId, issuer, chunk.Debts, known, cancellationToken);
        }

        await CopyRejectionsAsync(connection, importId, chunk, cancellationToken);
        await ExecuteAsync(connection, """
            update boleto_imports set state = 'processing', started_at = coalesce(started_at, $2), position = $3, next_line = $4,
                rows = rows + $5, accepted = accepted + $6, duplicates = duplicates + $7, rejected = rejected + $8, issued = issued + $9
            where id = $1
            """, cancellationToken, importId, clock.GetUtcNow(), chunk.Position, chunk.NextLine, (long)chunk.Rows,
            accepted, chunk.Debts.Count - accepted, (long)chunk.Rejections.Count, issued);
        await BillingDays.AddIssuedAsync(connection, clock, issued, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Closes an import whose last row is stored; the file itself is not needed any more.</summary>
    public Task FinishAsync(PampsDbContext db, BoletoImport import, long position, long nextLine, CancellationToken cancellationToken) =>
        db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var now = clock.GetUtcNow();
            await db.BoletoImports.Where(row => row.Id == import.Id).ExecuteUpdateAsync(
                set => set
                    .SetProperty(row => row.State, BoletoImportStates.Done)
                    .SetProperty(row => row.Position, position)
                    .SetProperty(row => row.NextLine, nextLine)
                    .SetProperty(row => row.CompletedAt, now),
                cancellationToken);
            await db.Database.ExecuteSqlAsync($"delete from boleto_import_chunks where import_id = {import.Id}", cancellationToken);
            db.Publish(new ImportCompleted(import.Id, import.AccountId));
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        });

    private static async Task<HashSet<string>> KnownAsync(NpgsqlConnection connection, List<DebtRow> debts, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select debt_id from boletos where debt_id = any($1)", connection)
        {
            Parameters = { new() { Value = debts.ConvertAll(debt => debt.DebtId) } },
        };
        var known = new HashSet<string>(debts.Count, StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            known.Add(reader.GetString(0));
        }

        return known;
    }

    /// <summary>Adds the debts that are not known. Returns how many there were, and how many of them have a number.</summary>
    private async Task<(long Accepted, long Issued)> AddAsync(
        NpgsqlConnection connection, long importId, Issuer? issuer, List<DebtRow> rows, HashSet<string> known, CancellationToken cancellationToken)
    {
        var debts = rows.FindAll(debt => known.Add(debt.DebtId));
        if (debts.Count == 0)
        {
            return (0, 0);
        }

        await using var ids = new NpgsqlCommand("select setval(s, nextval(s) + $1 - 1) - $1 + 1 from pg_get_serial_sequence('boletos', 'id') s", connection)
        {
            Parameters = { new() { Value = (long)debts.Count } },
        };
        var firstId = (long)(await ids.ExecuteScalarAsync(cancellationToken))!;
        var numbers = issuer is null ? null : await NumberRange.TakeAsync(connection, issuer.Bank, cancellationToken);
        var issued = await CopyAsync(connection, importId, firstId, debts, issuer, numbers, cancellationToken);
        if (numbers is not null)
        {
            await numbers.ReturnAsync(connection, cancellationToken);
        }

        return (debts.Count, issued);
    }

    private async Task<long> CopyAsync(
        NpgsqlConnection connection, long importId, long firstId, List<DebtRow> debts, Issuer? issuer, NumberRange? numbers, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var today = BrazilianFormat.Day(now);
        var issued = 0L;
        await using var copy = await connection.BeginBinaryImportAsync("""
            copy boletos (id, import_id, line, debt_id, name, government_id, email, amount, due_on, government_id_doubtful, past_due, created_at,
                state, available_at, error, retryable, issuer_id, sequence, barcode, typed_line, issued_at)
            from stdin (format binary)
            """, cancellationToken);
        var obstacles = new string?[debts.Count];
        var sequences = new long[debts.Count];
        for (var i = 0; i < debts.Count; i++)
        {
            obstacles[i] = issuer is null ? null : IssueBoletos.Obstacle(debts[i].DueOn, today, numbers!);
            if (issuer is not null && obstacles[i] is null)
            {
                sequences[i] = numbers!.Next();
                issued++;
            }
        }

        var order = Enumerable.Range(0, debts.Count).ToArray();
        Array.Sort(order, (x, y) => string.CompareOrdinal(debts[x].DebtId, debts[y].DebtId));
        foreach (var i in order)
        {
            var debt = debts[i];
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(firstId + i, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync(importId, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync(debt.Line, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync(debt.DebtId, NpgsqlDbType.Varchar, cancellationToken);
            await copy.WriteAsync(debt.Name, NpgsqlDbType.Varchar, cancellationToken);
            await copy.WriteAsync(debt.TaxId, NpgsqlDbType.Varchar, cancellationToken);
            await copy.WriteAsync(debt.Email, NpgsqlDbType.Varchar, cancellationToken);
            await copy.WriteAsync(debt.Amount, NpgsqlDbType.Numeric, cancellationToken);
            await copy.WriteAsync(debt.DueOn, NpgsqlDbType.Date, cancellationToken);
            await copy.WriteAsync(!TaxId.IsValid(debt.TaxId), NpgsqlDbType.Boolean, cancellationToken);
            await copy.WriteAsync(debt.DueOn < today, NpgsqlDbType.Boolean, cancellationToken);
            await copy.WriteAsync(now, NpgsqlDbType.TimestampTz, cancellationToken);
            if (issuer is null || obstacles[i] is not null)
            {
                await WriteWithoutNumberAsync(copy, obstacles[i], now, cancellationToken);
                continue;
            }

            var number = issuer.Number(sequences[i], debt.DueOn, debt.Amount);
            await copy.WriteAsync(BoletoStates.BillGenerated, NpgsqlDbType.Varchar, cancellationToken);
            await copy.WriteAsync(now, NpgsqlDbType.TimestampTz, cancellationToken);
            await copy.WriteNullAsync(cancellationToken);
            await copy.WriteAsync(false, NpgsqlDbType.Boolean, cancellationToken);
            await copy.WriteAsync(issuer.Id, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(sequences[i], NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync(number.Barcode, NpgsqlDbType.Varchar, cancellationToken);
            await copy.WriteAsync(number.Line, NpgsqlDbType.Varchar, cancellationToken);
            await copy.WriteAsync(now, NpgsqlDbType.TimestampTz, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
        return issued;
    }

    private static async Task CopyRejectionsAsync(NpgsqlConnection connection, long importId, DebtChunk chunk, CancellationToken cancellationToken)
    {
        if (chunk.Rejections.Count == 0)
        {
            return;
        }

        await using var copy = await connection.BeginBinaryImportAsync(
            "copy boleto_rejections (import_id, line, cells, fields, values, reasons) from stdin (format binary)", cancellationToken);
        foreach (var (cells, problems) in chunk.Rejections)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(importId, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync(problems[0].Line, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync(cells, NpgsqlDbType.Array | NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(Array.ConvertAll(problems, problem => problem.Field), NpgsqlDbType.Array | NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(Array.ConvertAll(problems, problem => problem.Value), NpgsqlDbType.Array | NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(Array.ConvertAll(problems, problem => problem.Reason), NpgsqlDbType.Array | NpgsqlDbType.Text, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    /// <summary>The columns from the state on, of a debt that waits for a bank, or that failed.</summary>
    private static async Task WriteWithoutNumberAsync(NpgsqlBinaryImporter copy, string? obstacle, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (obstacle is null)
        {
            await copy.WriteAsync(BoletoStates.Started, NpgsqlDbType.Varchar, cancellationToken);
            await copy.WriteAsync(now, NpgsqlDbType.TimestampTz, cancellationToken);
            await copy.WriteNullAsync(cancellationToken);
        }
        else
        {
            await copy.WriteAsync(BoletoStates.Error, NpgsqlDbType.Varchar, cancellationToken);
            await copy.WriteNullAsync(cancellationToken);
            await copy.WriteAsync(obstacle, NpgsqlDbType.Varchar, cancellationToken);
        }

        await copy.WriteAsync(obstacle is not null, NpgsqlDbType.Boolean, cancellationToken);
        for (var i = 0; i < 5; i++)
        {
            await copy.WriteNullAsync(cancellationToken);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
