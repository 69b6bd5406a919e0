using Npgsql;

namespace Pamps.ApiService.Features.Billing;

/// <summary>
/// Consecutive numbers of a bank account, held for the length of a transaction: the row of the range is locked when they
/// are taken, and moved on by those that were used.
/// </summary>
internal sealed class NumberRange
{
    private readonly string _name;
    private readonly long _first;
    private readonly long _last;
    private long _next;

    private NumberRange(string name, long first, long last)
    {
        _name = name;
        _first = first;
        _last = last;
        _next = first;
    }

    /// <summary>Whether the bank gives no more numbers.</summary>
    public bool IsExhausted => _next > _last;

    public static async Task<NumberRange> TakeAsync(NpgsqlConnection connection, IBank bank, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("insert into boleto_number_ranges (name, next) values ($1, 1) on conflict (name) do nothing") { Parameters = { new() { Value = bank.NumberRange } } },
                new("select next from boleto_number_ranges where name = $1 for update") { Parameters = { new() { Value = bank.NumberRange } } },
            },
        };
        return new NumberRange(bank.NumberRange, (long)(await batch.ExecuteScalarAsync(cancellationToken))!, bank.LastSequence);
    }

    public long Next() => IsExhausted ? throw new InvalidOperationException($"The numbers of {_name} are used up.") : _next++;

    public async Task ReturnAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (_next == _first)
        {
            return;
        }

        await using var command = new NpgsqlCommand("update boleto_number_ranges set next = $2 where name = $1", connection)
        {
            Parameters = { new() { Value = _name }, new() { Value = _next } },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
