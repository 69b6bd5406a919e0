using Npgsql;
using NpgsqlTypes;
using Pamps.ApiService.Data;

namespace Pamps.ApiService.Features.Billing;

/// <summary>
/// Stores a chunk of rows as debts in one transaction, each with number and digits when it can have them: numbering is
/// arithmetic, so doing it here costs one write a row instead of two. What cannot be numbered now stays
/// <c>started</c> (no bank) or goes to <c>error</c> (a due date that no boleto can carry); <see cref="IssueBoletos"/>
/// comes back to both.
/// Transactions that add debts wait for each other at one lock. It is what makes looking for known debts and adding the
/// others safe without a conflict clause, and keeps two files with the same debts from deadlocking; the database is the
/// bottleneck in any case.
/// </summary>
internal sealed class StoreDebts(Issuers issuers, TimeProvider clock)
{
    /// <summary>Advisory lock of whoever adds debts.</summary>
    private const long AddingLock = 0x424F4C44;

    public async Task HandleAsync(PampsDbContext db, NpgsqlConnection connection, long importId, DebtChunk chunk, CancellationToken cancellationToken)
    {
        var issuer = await issuers.CurrentAsync(db, cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, "select pg_advisory_xact_lock($1)", cancellationToken, AddingLock);

        var known = await KnownAsync(connection, chunk.Debts, cancellationToken);
        var debts = chunk.Debts.Where(debt => known.Add(debt.DebtId)).ToList();
        var issued = 0L;
        if (debts.Count > 0)
        {
            var numbers = issuer is null ? null : await NumberRange.TakeAsync(connection, issuer.Bank, cancellationToken);
            issued = await CopyDebtsAsync(connection, importId, debts, issuer, numbers, cancellationToken);
            if (numbers is not null)
            {
                await numbers.ReturnAsync(connection, cancellationToken);
            }
        }

        await CopyRejectionsAsync(connection, importId, chunk, cancellationToken);
        await ExecuteAsync(connection, """
            update boleto_imports set state = 'processing', started_at = coalesce(started_at, $2), position = $3, next_line = $4,
                rows = rows + $5, accepted = accepted + $6, duplicates = duplicates + $7, rejected = rejected + $8, issued = issued + $9
            where id = $1
            """, cancellationToken, importId, clock.GetUtcNow(), chunk.Position, chunk.NextLine, (long)chunk.Rows,
            (long)debts.Count, (long)(chunk.Debts.Count - debts.Count), (long)chunk.Rejections.Count, issued);
        await BillingDays.AddIssuedAsync(connection, clock, issued, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Closes an import whose last row is stored; the file itself is not needed any more.</summary>
    public async Task FinishAsync(NpgsqlConnection connection, long importId, long position, long nextLine, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, "update boleto_imports set state = 'done', position = $3, next_line = $4, completed_at = $2 where id = $1", cancellationToken,
            importId, clock.GetUtcNow(), position, nextLine);
        await ExecuteAsync(connection, "delete from boleto_import_chunks where import_id = $1", cancellationToken, importId);
        await transaction.CommitAsync(cancellationToken);
    }

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

    private async Task<long> CopyDebtsAsync(
        NpgsqlConnection connection, long importId, List<DebtRow> debts, Issuer? issuer, NumberRange? numbers, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var today = BrazilianFormat.Day(now);
        var issued = 0L;
        await using var copy = await connection.BeginBinaryImportAsync("""
            copy boletos (import_id, line, debt_id, name, government_id, email, amount, due_on, government_id_doubtful, past_due, created_at,
                state, available_at, error, retryable, issuer_id, sequence, barcode, typed_line, issued_at)
            from stdin (format binary)
            """, cancellationToken);
        foreach (var debt in debts)
        {
            await copy.StartRowAsync(cancellationToken);
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

            var error = issuer is null ? null : IssueBoletos.Obstacle(debt.DueOn, today, numbers!);
            if (issuer is null || error is not null)
            {
                await copy.WriteAsync(error is null ? BoletoStates.Started : BoletoStates.Error, NpgsqlDbType.Varchar, cancellationToken);
                await WriteOrNullAsync(copy, error is null ? now : (DateTimeOffset?)null, NpgsqlDbType.TimestampTz, cancellationToken);
                await WriteOrNullAsync(copy, error, NpgsqlDbType.Varchar, cancellationToken);
                await copy.WriteAsync(error is not null, NpgsqlDbType.Boolean, cancellationToken);
                for (var i = 0; i < 5; i++)
                {
                    await copy.WriteNullAsync(cancellationToken);
                }

                continue;
            }

            var sequence = numbers!.Next();
            var number = issuer.Number(sequence, debt.DueOn, debt.Amount);
            issued++;
            await copy.WriteAsync(BoletoStates.BillGenerated, NpgsqlDbType.Varchar, cancellationToken);
            await copy.WriteAsync(now, NpgsqlDbType.TimestampTz, cancellationToken);
            await copy.WriteNullAsync(cancellationToken);
            await copy.WriteAsync(false, NpgsqlDbType.Boolean, cancellationToken);
            await copy.WriteAsync(issuer.Id, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(sequence, NpgsqlDbType.Bigint, cancellationToken);
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

    private static Task WriteOrNullAsync<T>(NpgsqlBinaryImporter copy, T value, NpgsqlDbType type, CancellationToken cancellationToken) =>
        value is null ? copy.WriteNullAsync(cancellationToken) : copy.WriteAsync(value, type, cancellationToken);

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
