using Npgsql;

namespace Pamps.ApiService.Features.Billing;

/// <summary>Counts what happens on a day, as the last statement of its transaction: everybody writes the same row.</summary>
internal static class BillingDays
{
    public static Task AddIssuedAsync(NpgsqlConnection connection, TimeProvider clock, long count, CancellationToken cancellationToken) =>
        AddAsync(connection, clock, count, 0, 0, 0, cancellationToken);

    public static Task AddSentAsync(NpgsqlConnection connection, TimeProvider clock, long count, CancellationToken cancellationToken) =>
        AddAsync(connection, clock, 0, count, 0, 0, cancellationToken);

    public static Task AddPaymentAsync(NpgsqlConnection connection, TimeProvider clock, bool closed, decimal amount, CancellationToken cancellationToken) =>
        AddAsync(connection, clock, 0, 0, closed ? 1 : 0, amount, cancellationToken);

    private static async Task AddAsync(
        NpgsqlConnection connection, TimeProvider clock, long issued, long sent, long paid, decimal amount, CancellationToken cancellationToken)
    {
        if (issued == 0 && sent == 0 && amount == 0)
        {
            return;
        }

        await using var command = new NpgsqlCommand("""
            insert into billing_days (day, issued, sent, paid, paid_amount) values ($1, $2, $3, $4, $5)
            on conflict (day) do update set issued = billing_days.issued + excluded.issued, sent = billing_days.sent + excluded.sent,
                paid = billing_days.paid + excluded.paid, paid_amount = billing_days.paid_amount + excluded.paid_amount
            """, connection)
        {
            Parameters =
            {
                new() { Value = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime) },
                new() { Value = issued },
                new() { Value = sent },
                new() { Value = paid },
                new() { Value = amount },
            },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
