using System.Text;
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

    /// <summary>How many columns <see cref="CopyCommand"/> names.</summary>
    public const short Columns = 22;

    private const string BeforeCopy = "before_copy";

    /// <summary>The statement by which rows get into a table.</summary>
    public static string CopyCommand(string table) => $"""
        copy {table} (id, import_id, line, debt_id, name, government_id, email, amount, due_on, government_id_doubtful, past_due, created_at,
            state, available_at, error_code, error, retryable, issuer_id, sequence, barcode, typed_line, issued_at)
        from stdin (format binary)
        """;

    /// <summary>Stores the chunk.</summary>
    /// <param name="db">The database.</param>
    /// <param name="connection">Its open connection.</param>
    /// <param name="importId">The import.</param>
    /// <param name="chunk">The rows.</param>
    /// <param name="expectsKnown">Whether debts of this file were known before: then others probably are too.</param>
    /// <param name="cancellationToken">Rolls back.</param>
    /// <returns>What to expect of the next chunk.</returns>
    public async Task<bool> HandleAsync(
        PampsDbContext db, NpgsqlConnection connection, long importId, DebtChunk chunk, bool expectsKnown, CancellationToken cancellationToken)
    {
        var issuer = await issuers.CurrentAsync(db, cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, "select pg_advisory_xact_lock($1)", cancellationToken, AddingLock);

        var added = default(Added);
        if (!expectsKnown)
        {
            await transaction.SaveAsync(BeforeCopy, cancellationToken);
            try
            {
                added = await AddAsync(connection, importId, issuer, chunk, chunk.Distinct, cancellationToken);
            }
            catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
            {
                await transaction.RollbackAsync(BeforeCopy, cancellationToken);
                expectsKnown = true;
            }
        }

        if (expectsKnown)
        {
            added = await AddAsync(connection, importId, issuer, chunk, await UnknownAsync(connection, chunk, cancellationToken), cancellationToken);
        }

        await CopyRejectionsAsync(connection, importId, chunk, cancellationToken);
        await ExecuteAsync(connection, """
            update boleto_imports set state = 'processing', started_at = coalesce(started_at, $2), position = $3, next_line = $4,
                rows = rows + $5, accepted = accepted + $6, duplicates = duplicates + $7, rejected = rejected + $8, issued = issued + $9,
                first_boleto_id = case when $6 = 0 then first_boleto_id else coalesce(first_boleto_id, $10) end,
                last_boleto_id = case when $6 = 0 then last_boleto_id else $10 + $6 - 1 end
            where id = $1
            """, cancellationToken, importId, clock.GetUtcNow(), chunk.Position, chunk.NextLine, (long)chunk.Rows,
            added.Count, chunk.Debts.Count - added.Count, (long)chunk.Rejections.Count, added.Issued, added.FirstId);
        await BillingDays.AddIssuedAsync(connection, clock, added.Issued, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return expectsKnown;
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

    /// <summary>Those of the chunk's debts that no file brought before.</summary>
    private static async Task<ReadOnlyMemory<int>> UnknownAsync(NpgsqlConnection connection, DebtChunk chunk, CancellationToken cancellationToken)
    {
        var distinct = chunk.Distinct.ToArray();
        var ids = Array.ConvertAll(distinct, i => Encoding.UTF8.GetString(chunk.DebtId(i)));
        await using var command = new NpgsqlCommand("select debt_id from boletos where debt_id = any($1)", connection)
        {
            Parameters = { new() { Value = ids, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar } },
        };
        var known = new HashSet<string>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            known.Add(reader.GetString(0));
        }

        return distinct.Where((_, at) => !known.Contains(ids[at])).ToArray();
    }

    /// <summary>Adds debts of the chunk, given in the order in which they are to be written.</summary>
    private async Task<Added> AddAsync(
        NpgsqlConnection connection, long importId, Issuer? issuer, DebtChunk chunk, ReadOnlyMemory<int> order, CancellationToken cancellationToken)
    {
        if (order.IsEmpty)
        {
            return default;
        }

        await using var ids = new NpgsqlCommand("select setval(s, nextval(s) + $1 - 1) - $1 + 1 from pg_get_serial_sequence('boletos', 'id') s", connection)
        {
            Parameters = { new() { Value = (long)order.Length } },
        };
        var firstId = (long)(await ids.ExecuteScalarAsync(cancellationToken))!;
        var numbers = issuer is null ? null : await NumberRange.TakeAsync(connection, issuer.Bank, cancellationToken);
        var today = BrazilianFormat.Day(clock.GetUtcNow());
        var issued = Place(chunk, order.Span, firstId, today, numbers);
        await CopyAsync(connection, importId, issuer, chunk, order, today, cancellationToken);
        if (numbers is not null)
        {
            await numbers.ReturnAsync(connection, cancellationToken);
        }

        return new Added(order.Length, issued, firstId);
    }

    /// <summary>Ids and numbers in the order of the file, whatever the order of writing is. Returns how many got a number.</summary>
    private static long Place(DebtChunk chunk, ReadOnlySpan<int> order, long firstId, DateOnly today, NumberRange? numbers)
    {
        var issued = 0L;
        var places = chunk.Places;
        places.Clear();
        foreach (var i in order)
        {
            places[i].Id = firstId;
        }

        for (var i = 0; i < places.Length; i++)
        {
            if (places[i].Id == 0)
            {
                continue;
            }

            places[i].Id = firstId++;
            places[i].Obstacle = numbers is null ? null : IssueBoletos.Obstacle(chunk.Debts[i].DueOn, today, numbers);
            if (numbers is not null && places[i].Obstacle is null)
            {
                places[i].Sequence = numbers.Next();
                issued++;
            }
        }

        return issued;
    }

    private async Task CopyAsync(
        NpgsqlConnection connection, long importId, Issuer? issuer, DebtChunk chunk, ReadOnlyMemory<int> order, DateOnly today, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var copy = await BinaryCopy.BeginAsync(connection, CopyCommand("boletos"), cancellationToken);
        for (var at = 0; at < order.Length; at++)
        {
            if (at % DebtChunk.RowsAtOnce == DebtChunk.RowsAtOnce - 1)
            {
                await Task.Yield();
            }

            if (copy.IsFull)
            {
                await copy.FlushAsync(cancellationToken);
            }

            Write(copy, importId, issuer, chunk, order.Span[at], today, now);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    private static void Write(BinaryCopy copy, long importId, Issuer? issuer, DebtChunk chunk, int i, DateOnly today, DateTimeOffset now)
    {
        var debt = chunk.Debts[i];
        var place = chunk.Places[i];
        copy.StartRow(Columns);
        copy.Write(place.Id);
        copy.Write(importId);
        copy.Write(debt.Line);
        copy.Write(chunk.DebtId(i));
        copy.Write(chunk.Name(i));
        copy.Write(chunk.TaxId(i));
        copy.Write(chunk.Email(i));
        copy.Write(debt.Amount);
        copy.Write(debt.DueOn);
        copy.Write(!debt.IsTaxIdValid);
        copy.Write(debt.DueOn < today);
        copy.Write(now);
        if (place.Sequence is not { } sequence)
        {
            WriteWithoutNumber(copy, place.Obstacle, now);
            return;
        }

        var number = issuer!.Number(sequence, debt.DueOn, debt.Amount);
        copy.Write(BoletoStates.BillGenerated);
        copy.Write(now);
        copy.WriteNull();
        copy.WriteNull();
        copy.Write(false);
        copy.Write(issuer.Id);
        copy.Write(sequence);
        copy.Write(number.Barcode);
        copy.Write(number.Line);
        copy.Write(now);
    }

    private static async Task CopyRejectionsAsync(NpgsqlConnection connection, long importId, DebtChunk chunk, CancellationToken cancellationToken)
    {
        if (chunk.Rejections.Count == 0)
        {
            return;
        }

        await using var copy = await connection.BeginBinaryImportAsync(
            "copy boleto_rejections (import_id, line, cells, fields, values, codes, reasons) from stdin (format binary)", cancellationToken);
        foreach (var (cells, problems) in chunk.Rejections)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(importId, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync(problems[0].Line, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync(cells, NpgsqlDbType.Array | NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(Array.ConvertAll(problems, problem => problem.Field), NpgsqlDbType.Array | NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(Array.ConvertAll(problems, problem => problem.Value), NpgsqlDbType.Array | NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(Array.ConvertAll(problems, problem => problem.Reason.Code), NpgsqlDbType.Array | NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(Array.ConvertAll(problems, problem => problem.Reason.Text), NpgsqlDbType.Array | NpgsqlDbType.Text, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    /// <summary>The columns from the state on, of a debt that waits for a bank, or that failed.</summary>
    private static void WriteWithoutNumber(BinaryCopy copy, BoletoReason? obstacle, DateTimeOffset now)
    {
        if (obstacle is null)
        {
            copy.Write(BoletoStates.Started);
            copy.Write(now);
            copy.WriteNull();
            copy.WriteNull();
        }
        else
        {
            copy.Write(BoletoStates.Error);
            copy.WriteNull();
            copy.Write(obstacle.Code);
            copy.Write(obstacle.Text);
        }

        copy.Write(obstacle is not null);
        for (var i = 0; i < 5; i++)
        {
            copy.WriteNull();
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

    /// <summary>What a chunk added: debts, those of them with a number, and the id of the first; the others follow it.</summary>
    private readonly record struct Added(long Count, long Issued, long FirstId);
}
