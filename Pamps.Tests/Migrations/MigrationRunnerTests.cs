using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Pamps.ApiService.Data;
using Pamps.MigrationService;

namespace Pamps.Tests.Migrations;

public sealed class MigrationRunnerTests
{
    [Fact]
    public async Task Up_down_and_up_again_leave_the_same_schema()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();

        await SucceedAsync(database, "up");
        var schema = await SchemaAsync(database);
        Assert.Contains(schema, line => line.Contains("posts.search", StringComparison.Ordinal));

        await SucceedAsync(database, "down", "to", "0");
        Assert.Equal(["column __EFMigrationsHistory.MigrationId varchar", "column __EFMigrationsHistory.ProductVersion varchar"],
            (await SchemaAsync(database)).Where(line => line.StartsWith("column", StringComparison.Ordinal)));

        await SucceedAsync(database);
        Assert.Equal(schema, await SchemaAsync(database));
    }

    [Fact]
    public async Task Down_takes_back_what_came_after_the_named_migration_and_status_shows_it()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        await SucceedAsync(database, "up");
        await SucceedAsync(database, "down", "to", "Initial");

        var (exitCode, output) = await MigrationProcess.RunAsync(database.ConnectionString, "status");

        Assert.True(exitCode == 0, output);
        var lines = output.Split('\n')
            .Where(line => line.StartsWith("applied", StringComparison.Ordinal) || line.StartsWith("pending", StringComparison.Ordinal))
            .Select(line => (line.Split("  ")[0], line.Trim().Split('_')[1]));
        Assert.Equal([("applied", "Initial"), ("pending", "Search")], lines.Take(2));
        Assert.All(lines.Skip(1), line => Assert.Equal("pending", line.Item1));
    }

    [Fact]
    public async Task A_failed_migration_ends_with_1_and_changes_nothing()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        await database.ExecuteAsync("create table posts (in_the_way int)");

        var (exitCode, output) = await MigrationProcess.RunAsync(database.ConnectionString);

        Assert.True(exitCode == 1, output);
        Assert.Contains("42P07", output, StringComparison.Ordinal);
        Assert.DoesNotContain(await SchemaAsync(database), line => line.Contains("accounts", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rows_and_debts_that_failed_before_there_were_codes_get_theirs_by_their_phrases()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        await SucceedAsync(database, "up");
        await SucceedAsync(database, "down", "to", "ImportRanges");
        await database.ExecuteAsync("""
            insert into boleto_imports
                (id, file_name, hash, state, byte_count, is_windows1252, position, next_line, rows, accepted, duplicates, rejected, issued, sent, paid, created_at)
            values (1, 'debts.csv', '\x01', 'done', 100, false, 100, 20, 18, 7, 0, 11, 0, 0, 0, now());
            insert into boleto_rejections (import_id, line, cells, fields, values, reasons) values
                (1, 2, '{a}', '{debtId}', '{x}', '{is missing}'),
                (1, 3, '{a}', '{name,email}', '{x,y}', '{is not valid UTF-8,is longer than 320 characters}'),
                (1, 4, '{a}', '{name,debtAmount,debtDueDate}', '{x,y,z}', '{has a line break or another control character,is zero,is not a date like 2026-12-31}'),
                (1, 5, '{a}', '{governmentId}', '{x}', '{has other characters than those of a CPF or CNPJ}'),
                (1, 6, '{a}', '{debtAmount}', '{x}', '{is not an amount like 1234.56}'),
                (1, 7, '{a}', '{debtAmount}', '{x}', '{is negative}'),
                (1, 8, '{a}', '{debtAmount}', '{x}', '{has more than two decimals}'),
                (1, 9, '{a}', '{debtAmount}', '{x}', '{"is larger than 99999999.99, the most a boleto can carry"}'),
                (1, 10, '{a}', '{""}', '{x}', '{the row has 7 cells and the header 6}'),
                (1, 11, '{a}', '{""}', '{x}', '{there is text after a closing quote}'),
                (1, 12, '{a}', '{""}', '{x}', '{the line is longer than 65536 bytes}'),
                (1, 13, '{a}', '{""}', '{x}', '{a quote is opened and not closed}'),
                (1, 14, '{a}', '{}', '{}', '{}');
            insert into boletos (import_id, line, debt_id, name, government_id, email, amount, due_on, government_id_doubtful, past_due, created_at, state, error)
            select 1, 20, 'd' || place, 'Ana', '1', 'ana@example.com', 1, '2030-01-31', true, false, now(), case when error is null then 'done' else 'error' end, error
            from unnest(array[
                'The due date cannot be carried by a boleto: it may lie 3000 days back and 5500 ahead.',
                'The numbers of the bank account are used up.',
                'The mail address cannot be used.',
                'The mail server refused the mail with 550.',
                'The mail bounced (5.1.1).',
                'The mail server could not take the mail (ServiceNotAvailable).',
                null]) with ordinality as e (error, place);
            """);

        await SucceedAsync(database, "up");

        Assert.Equal(
            [
                "missing", "not_utf8,too_long", "control_character,zero,not_a_date", "not_a_government_id", "not_an_amount", "negative", "too_many_decimals",
                "amount_too_large", "too_many_cells", "text_after_quote", "line_too_long", "unclosed_quote", "",
            ],
            await RowsAsync(database, "select array_to_string(codes, ',') from boleto_rejections order by line"));
        Assert.Equal(
            ["due_date_out_of_range", "numbers_used_up", "address_unusable", "mail_refused", "mail_bounced", "mail_failed", "none"],
            await RowsAsync(database, "select coalesce(error_code, 'none') from boletos order by debt_id"));
    }

    [Theory]
    [InlineData("down", "to", "Nonsense")]
    [InlineData("down", "to", "Search")]
    [InlineData("down")]
    [InlineData("sideways")]
    public async Task A_command_that_makes_no_sense_ends_with_1_and_changes_nothing(params string[] command)
    {
        await using var database = await TestDatabase.CreateEmptyAsync();

        var (exitCode, troubles) = await RunAsync(database, command);

        Assert.Equal(1, exitCode);
        Assert.NotEmpty(troubles);
        Assert.Empty(await SchemaAsync(database));
    }

    [Fact]
    public async Task Two_at_once_follow_each_other()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();

        await Task.WhenAll(SucceedAsync(database), SucceedAsync(database));

        Assert.Contains(await SchemaAsync(database), line => line.Contains("posts.search", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_demo_is_added_only_when_asked_for()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();

        await SucceedAsync(database);
        Assert.Equal(["0"], await RowsAsync(database, "select count(*)::text from accounts"));

        var (exitCode, output) = await MigrationProcess.RunAsync(database.ConnectionString, "up", "--Seed:Demo=true");
        Assert.True(exitCode == 0, output);
        Assert.Equal(["13"], await RowsAsync(database, "select count(*)::text from accounts"));
    }

    private static async Task SucceedAsync(TestDatabase database, params string[] command)
    {
        var (exitCode, troubles) = await RunAsync(database, command);
        Assert.True(exitCode == 0, troubles);
    }

    /// <summary>Runs a command in this process, which saves the start of another.</summary>
    private static async Task<(int ExitCode, string Troubles)> RunAsync(TestDatabase database, string[] command)
    {
        using var log = new RecordedLog();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddProvider(log);
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:pampsdb", database.ConnectionString)]);
        builder.AddPampsDatabase();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IPasswordHasher<Account>, PasswordHasher<Account>>();
        builder.Services.AddScoped<DevelopmentSeed>();
        builder.Services.AddScoped<MigrationRunner>();
        using var host = builder.Build();
        await using var scope = host.Services.CreateAsyncScope();
        var exitCode = await scope.ServiceProvider.GetRequiredService<MigrationRunner>().RunAsync(command, CancellationToken.None);
        return (exitCode, log.Troubles());
    }

    /// <summary>What a schema consists of, apart from the extensions, which stay.</summary>
    private static Task<IReadOnlyList<string>> SchemaAsync(TestDatabase database) => RowsAsync(database, """
        select 'column ' || table_name || '.' || column_name || ' ' || udt_name from information_schema.columns where table_schema = 'public'
        union all select 'index ' || indexdef from pg_indexes where schemaname = 'public' and indexname <> 'PK___EFMigrationsHistory'
        union all select 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
            from pg_constraint where connamespace = 'public'::regnamespace and conname <> 'PK___EFMigrationsHistory'
        union all select 'trigger ' || pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
        union all select 'function ' || proname from pg_proc where pronamespace = 'public'::regnamespace and proname like 'count\_%'
        union all select 'configuration ' || cfgname from pg_ts_config where cfgnamespace = 'public'::regnamespace
        order by 1
        """);

    private static async Task<IReadOnlyList<string>> RowsAsync(TestDatabase database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }
}
