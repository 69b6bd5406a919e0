using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;

namespace Pamps.ApiService.Features.Billing;

/// <summary>
/// Writes a payment that the bank reports into its debt. A notice is known by all it says, so the same one twice is one
/// payment; two different ones of one debt wait for each other at the debt's row.
/// </summary>
internal sealed class RecordPayment(PampsDbContext db, TimeProvider clock)
{
    private static readonly string[] LocalFormats = ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF"];

    /// <summary>Records the payment.</summary>
    /// <param name="notice">What the bank reports.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public async Task<PaymentOutcome> HandleAsync(RecordPaymentRequest notice, CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>();
        var debtId = DebtIdOf(notice.DebtId);
        if (debtId is null)
        {
            errors["debtId"] = ["The debt's id is a text or a number."];
        }

        var now = clock.GetUtcNow();
        var paidAt = default(DateTimeOffset);
        if (notice.PaidAt is null || !TryReadTime(notice.PaidAt, out paidAt, out var tolerance))
        {
            errors["paidAt"] = ["The time is written YYYY-MM-DD HH:MM:SS."];
        }
        else if (paidAt > now + tolerance)
        {
            errors["paidAt"] = ["The time lies in the future."];
        }

        if (notice.PaidAmount is not { } amount || amount <= 0 || amount > 999_999_999_999.99m || decimal.Round(amount, 2) != amount)
        {
            errors["paidAmount"] = ["The amount is more than 0 and has at most two decimals."];
        }

        if (notice.PaidBy is { } paidBy && (paidBy.Length > 200 || paidBy.Contains('\0', StringComparison.Ordinal)))
        {
            errors["paidBy"] = ["The name has at most 200 characters."];
        }

        return errors.Count > 0
            ? new PaymentOutcome.Invalid(errors)
            : await StoreAsync(debtId!, paidAt.ToUniversalTime(), notice.PaidAmount!.Value, notice.PaidBy, now, cancellationToken);
    }

    private async Task<PaymentOutcome> StoreAsync(
        string debtId, DateTimeOffset paidAt, decimal amount, string? paidBy, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{debtId}\n{paidAt:O}\n{amount:0.00}\n{paidBy}")));
        return await db.Database.CreateExecutionStrategy().ExecuteAsync<PaymentOutcome>(async () =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var connection = (NpgsqlConnection)db.Database.GetDbConnection();
            var boleto = await db.Boletos.FromSql($"select * from boletos where debt_id = {debtId} for update").AsNoTracking().SingleOrDefaultAsync(cancellationToken);
            if (boleto is null)
            {
                return new PaymentOutcome.UnknownDebt();
            }

            var paid = boleto.PaidAmount + amount;
            var closes = boleto.PaidAmount < boleto.Amount && paid >= boleto.Amount;
            var told = paid < boleto.Amount ? now : (DateTimeOffset?)null;
            await using (var insert = new NpgsqlCommand("""
                insert into boleto_payments (boleto_id, hash, amount, paid_at, paid_by, created_at, notice_available_at, notice_attempts)
                values ($1, $2, $3, $4, $5, $6, $7, 0) on conflict (hash) do nothing
                """, connection)
            {
                Parameters =
                {
                    new() { Value = boleto.Id },
                    new() { Value = hash },
                    new() { Value = amount },
                    new() { Value = paidAt },
                    new() { Value = (object?)paidBy ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Varchar },
                    new() { Value = now },
                    new() { Value = (object?)told ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz },
                },
            })
            {
                if (await insert.ExecuteNonQueryAsync(cancellationToken) == 0)
                {
                    return Recorded(boleto.Amount, boleto.PaidAmount);
                }
            }

            // A debt that is closed before its boleto was mailed needs no mail any more.
            var nothingToSend = closes && boleto.State is BoletoStates.Started or BoletoStates.BillGenerated or BoletoStates.Error;
            await db.Boletos.Where(row => row.Id == boleto.Id).ExecuteUpdateAsync(
                set => set
                    .SetProperty(row => row.PaidAmount, paid)
                    .SetProperty(row => row.PaidAt, paidAt)
                    .SetProperty(row => row.NeedsReview, row => row.NeedsReview || paid > row.Amount)
                    .SetProperty(row => row.State, row => nothingToSend ? BoletoStates.Done : row.State)
                    .SetProperty(row => row.AvailableAt, row => nothingToSend ? null : row.AvailableAt),
                cancellationToken);
            if (closes)
            {
                await db.BoletoImports.Where(import => import.Id == boleto.ImportId)
                    .ExecuteUpdateAsync(set => set.SetProperty(import => import.Paid, import => import.Paid + 1), cancellationToken);
            }

            await BillingDays.AddPaymentAsync(connection, clock, closes, amount, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return Recorded(boleto.Amount, paid);
        });
    }

    private static PaymentOutcome.Recorded Recorded(decimal amount, decimal paid) =>
        new(new RecordPaymentResponse("Ok", BoletoProjection.PaymentState(amount, paid), Math.Max(0, amount - paid)));

    private static string? DebtIdOf(JsonElement debtId) => debtId.ValueKind switch
    {
        JsonValueKind.String when debtId.GetString() is { } text && text.Trim() is { Length: > 0 and <= 64 } id && !id.Contains('\0', StringComparison.Ordinal) => id,
        JsonValueKind.Number when debtId.GetRawText() is { Length: <= 64 } digits && digits.All(char.IsAsciiDigit) => digits,
        _ => null,
    };

    /// <summary>
    /// Banks write local time without an offset. Whether it is Brasília time or UTC cannot be seen, so such a time may
    /// lie up to the difference ahead.
    /// </summary>
    private static bool TryReadTime(string text, out DateTimeOffset time, out TimeSpan tolerance)
    {
        tolerance = TimeSpan.FromMinutes(5);
        if (DateTime.TryParseExact(text.Trim(), LocalFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            tolerance -= BrazilianFormat.Offset;
            time = new DateTimeOffset(local, BrazilianFormat.Offset);
            return local.Year > 2000;
        }

        return DateTimeOffset.TryParseExact(
            text.Trim(), ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time)
            && time.Year > 2000;
    }
}

/// <summary>What became of a payment notice.</summary>
internal abstract record PaymentOutcome
{
    /// <summary>It is written, now or before.</summary>
    public sealed record Recorded(RecordPaymentResponse Response) : PaymentOutcome;

    /// <summary>There is no such debt.</summary>
    public sealed record UnknownDebt : PaymentOutcome;

    /// <summary>Parts of it break their rules.</summary>
    public sealed record Invalid(IDictionary<string, string[]> Errors) : PaymentOutcome;
}
