using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using Pamps.ApiService.Data;

namespace Pamps.ApiService.Features.Billing;

/// <summary>
/// Gives numbers to debts that have none: those stored while no bank was configured, and failed ones that get another
/// try. Rows are claimed with SKIP LOCKED in the transaction that numbers them; nothing outside the database happens.
/// </summary>
internal sealed class IssueBoletos(
    DeliverySignal delivery, ImportProgress progress, Issuers issuers, IServiceScopeFactory scopes, IOptions<BillingOptions> options, TimeProvider clock, ILogger<IssueBoletos> logger)
    : BillingLoop(delivery.Signal, scopes, options, clock, logger)
{
    private const int BatchSize = 5_000;

    /// <summary>Why a debt cannot have a number today; null when it can.</summary>
    public static BoletoReason? Obstacle(DateOnly dueOn, DateOnly today, NumberRange numbers) =>
        !DueDateFactor.IsReadable(dueOn, today)
            ? BoletoReason.DueDateOutOfRange
            : numbers.IsExhausted ? BoletoReason.NumbersUsedUp : null;

    protected override async Task<bool> WorkAsync(PampsDbContext db, CancellationToken cancellationToken)
    {
        if (await issuers.CurrentAsync(db, cancellationToken) is not { } issuer)
        {
            return false;
        }

        await db.Database.OpenConnectionAsync(cancellationToken);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var debts = await ClaimAsync(connection, cancellationToken);
        if (debts.Count > 0)
        {
            await IssueAsync(connection, issuer, debts, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        await db.Database.CloseConnectionAsync();
        foreach (var id in debts.Select(debt => debt.ImportId).Distinct())
        {
            progress.Moved(id);
        }

        return debts.Count > 0;
    }

    private async Task<List<(long Id, DateOnly DueOn, decimal Amount, long ImportId)>> ClaimAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("""
            select id, due_on, amount, import_id from boletos where state = 'started' and available_at <= $1
            order by available_at, id limit $2 for update skip locked
            """, connection)
        {
            Parameters = { new() { Value = Clock.GetUtcNow() }, new() { Value = BatchSize } },
        };
        var debts = new List<(long, DateOnly, decimal, long)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            debts.Add((reader.GetInt64(0), reader.GetFieldValue<DateOnly>(1), reader.GetDecimal(2), reader.GetInt64(3)));
        }

        return debts;
    }

    private async Task IssueAsync(NpgsqlConnection connection, Issuer issuer, List<(long Id, DateOnly DueOn, decimal Amount, long ImportId)> debts, CancellationToken cancellationToken)
    {
        var now = Clock.GetUtcNow();
        var today = BrazilianFormat.Day(now);
        var numbers = await NumberRange.TakeAsync(connection, issuer.Bank, cancellationToken);
        List<long> ids = [], sequences = [], failed = [];
        List<string> barcodes = [], lines = [];
        List<BoletoReason> obstacles = [];
        foreach (var debt in debts)
        {
            if (Obstacle(debt.DueOn, today, numbers) is { } obstacle)
            {
                failed.Add(debt.Id);
                obstacles.Add(obstacle);
                continue;
            }

            var sequence = numbers.Next();
            var number = issuer.Number(sequence, debt.DueOn, debt.Amount);
            ids.Add(debt.Id);
            sequences.Add(sequence);
            barcodes.Add(number.Barcode);
            lines.Add(number.Line);
        }

        await numbers.ReturnAsync(connection, cancellationToken);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("""
                    with issued as (
                        update boletos b set state = 'bill_generated', available_at = $5, error_code = null, error = null, retryable = false, issuer_id = $6,
                            sequence = n.sequence, barcode = n.barcode, typed_line = n.line, issued_at = $5
                        from unnest($1, $2, $3, $4) n (id, sequence, barcode, line) where b.id = n.id
                        returning b.import_id),
                    counted as (select import_id, count(*) as issued from issued group by import_id)
                    update boleto_imports i set issued = i.issued + counted.issued from counted where i.id = counted.import_id
                    """)
                {
                    Parameters =
                    {
                        new() { Value = ids }, new() { Value = sequences }, new() { Value = barcodes }, new() { Value = lines },
                        new() { Value = now }, new() { Value = issuer.Id },
                    },
                },
                new("""
                    update boletos b set state = 'error', available_at = null, retryable = true, error_code = n.code, error = n.error
                    from unnest($1, $2, $3) n (id, code, error) where b.id = n.id
                    """)
                {
                    Parameters =
                    {
                        new() { Value = failed, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint },
                        new() { Value = obstacles.ConvertAll(obstacle => obstacle.Code) },
                        new() { Value = obstacles.ConvertAll(obstacle => obstacle.Text) },
                    },
                },
            },
        };
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await BillingDays.AddIssuedAsync(connection, Clock, ids.Count, cancellationToken);
    }
}
