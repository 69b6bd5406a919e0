using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using Pamps.ApiService.Data;
using Pamps.ApiService.Features.Billing;

namespace Pamps.Tests.Benchmarks;

/// <summary>
/// A file of a million debts from upload to stored boletos, against its two limits measured in the same run: reading
/// the file and doing nothing with it, and COPY of the same rows into a bare table. Then PDFs and mails a second.
/// </summary>
internal static class BillingBenchmark
{
    private static readonly TimeProvider Clock = TimeProvider.System;

    public static async Task<int> RunAsync(string[] args)
    {
        var rows = int.Parse(Option(args, "--rows") ?? "1100000", CultureInfo.InvariantCulture);
        var rounds = int.Parse(Option(args, "--rounds") ?? "3", CultureInfo.InvariantCulture);
        var mailCount = int.Parse(Option(args, "--mails") ?? "20000", CultureInfo.InvariantCulture);
        var only = Option(args, "--only");
        var server = Option(args, "--postgres") ?? throw new ArgumentException("--postgres is missing.");
        var redis = Option(args, "--redis") ?? throw new ArgumentException("--redis is missing.");
        var database = new NpgsqlConnectionStringBuilder(server) { Database = $"pamps_benchmark_{Environment.ProcessId}" }.ConnectionString;
        await MigrateAsync(database);
        var file = await DebtFile.WriteAsync(rows, seed: 1);
        try
        {
            var (parse, debts) = await ParseAsync(file);
            var number = Number(debts);
            Print("read and typed", rows, parse);
            Print("numbered (barcode and typed line)", rows, number);
            if (only is null or "mails")
            {
                MeasurePdfs();
                // Before anything is deleted: ext4 passes over what was deleted in the last minutes one by one, which makes every new file dear.
                await MeasureMailsAsync(database, redis, mailCount);
                await MeasureComposingAsync();
            }

            if (only is null or "imports")
            {
                await MeasureImportsAsync(database, redis, rows, rounds, parse, debts);
            }

            return 0;
        }
        finally
        {
            File.Delete(file);
            await DropAsync(server, database);
        }
    }

    private static Dictionary<string, string> Settings(string database, string redis, string mails, int mailsPerSecond) => new()
    {
        ["ConnectionStrings__pampsdb"] = database,
        ["ConnectionStrings__cache"] = redis,
        ["Redis__KeyPrefix"] = $"benchmark_{Environment.ProcessId}:",
        ["Jwt__SigningKey"] = new string('k', 64),
        ["RateLimits__Enabled"] = "false",
        ["Billing__Bank__Code"] = "341",
        ["Billing__Bank__Agency"] = "57",
        ["Billing__Bank__Account"] = "12345",
        ["Billing__Bank__Portfolio"] = "109",
        ["Billing__Beneficiary__Name"] = "Cobrança Ágil Ltda.",
        ["Billing__Beneficiary__TaxId"] = "11.222.333/0001-81",
        ["Billing__Beneficiary__Address"] = "Rua das Acácias, 1200 – São Paulo – SP – CEP 01310-100",
        ["Billing__Beneficiary__City"] = "São Paulo",
        ["Billing__Beneficiary__PixKey"] = "123e4567-e12b-12d1-a456-426655440000",
        ["Billing__Mail__Folder"] = mails,
        ["Billing__Mail__PerSecond"] = mailsPerSecond.ToString(CultureInfo.InvariantCulture),
    };

    private static async Task MeasureMailsAsync(string database, string redis, int mailCount)
    {
        var mails = Directory.CreateTempSubdirectory("pamps-benchmark-mails-");
        await using (var api = await ApiProcess.StartAsync(ApiProcess.FreePort(), Settings(database, redis, mails.FullName, 0)))
        {
            await api.SignInAsync(database);
            await ImportAsync(api, await DebtFile.WriteAsync(500, seed: 2), delete: true);
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
            while (CountMails(mails) < 500)
            {
                await timer.WaitForNextTickAsync();
            }

            // Asked of the database: to count the files themselves all the time would slow down who writes them.
            var (start, cpu) = (Clock.GetTimestamp(), api.CpuTime);
            await ImportAsync(api, await DebtFile.WriteAsync(mailCount, seed: 3), delete: true);
            await using var connection = new NpgsqlConnection(database);
            await connection.OpenAsync();
            await using var sent = new NpgsqlCommand("select sum(sent)::bigint from boleto_imports", connection);
            while ((long)(await sent.ExecuteScalarAsync())! < 500 + mailCount && Clock.GetElapsedTime(start) < TimeSpan.FromMinutes(5))
            {
                await timer.WaitForNextTickAsync();
            }

            Print("mailed to a folder, with PDF, import included", CountMails(mails) - 500, Clock.GetElapsedTime(start).TotalSeconds, api.CpuTime - cpu);
        }

        mails.Delete(recursive: true);
    }

    /// <summary>Mails would go out meanwhile and share the processors: here they are held back to one a second.</summary>
    private static async Task MeasureImportsAsync(string database, string redis, int rows, int rounds, double parse, List<DebtRow> debts)
    {
        var mails = Directory.CreateTempSubdirectory("pamps-benchmark-mails-");
        await using (var api = await ApiProcess.StartAsync(ApiProcess.FreePort(), Settings(database, redis, mails.FullName, 1)))
        {
            await api.SignInAsync(database);
            await ImportAsync(api, await DebtFile.WriteAsync(20_000, seed: 4), delete: true);
            await MeasureSizesAsync(api);
            var before = api.Megabytes("VmRSS");
            await CopyAsync(database, debts[..(debts.Count / 10)]);

            // In turns with COPY, so that a slow minute of the machine hits both.
            var ratios = new List<double>();
            for (var round = 0; round < rounds; round++)
            {
                var copy = await CopyAsync(database, debts);
                Print("COPY into a bare table", rows, copy);
                var cpu = api.CpuTime;
                var (upload, whole) = await ImportAsync(api, await DebtFile.WriteAsync(rows, seed: 100 + round), delete: true);
                Print("  of which upload", rows, upload);
                Print("whole, from the first byte to the last boleto", rows, whole, api.CpuTime - cpu);
                ratios.Add(Math.Max(parse, copy) / whole);
            }

            debts.Clear();
            ratios.Sort();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"whole against the slower of reading and COPY: median {ratios[ratios.Count / 2]:0.00}, {ratios[0]:0.00} to {ratios[^1]:0.00}"));

            var idle = await FeedP99Async(api, Task.CompletedTask, TimeSpan.FromSeconds(10));
            var import = ImportAsync(api, await DebtFile.WriteAsync(rows, seed: 99), delete: true);
            var busy = await FeedP99Async(api, import, TimeSpan.Zero);
            Print("whole, while the public feed is read", rows, (await import).Whole);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"GET /api/v1/feeds/public p99: idle {idle:0.0} ms, during the import {busy:0.0} ms, ratio {busy / idle:0.0}"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"API memory: {before:0} MB before, at most {api.Megabytes("VmHWM"):0} MB in all imports, {api.Megabytes("RssFile"):0} MB of it pages of program files, which processes share; now {api.Megabytes("RssAnon") + api.Megabytes("RssShmem"):0} MB of its own"));
        }

        mails.Delete(recursive: true);
    }

    /// <summary>Whether a row costs the same in files of all sizes: what the rows cost that a larger file has more than a smaller one.</summary>
    private static async Task MeasureSizesAsync(ApiProcess api)
    {
        var medians = new List<(int Rows, double Seconds)>();
        foreach (var size in (int[])[1_000, 10_000, 100_000])
        {
            var times = new List<double>();
            for (var round = 0; round < 5; round++)
            {
                times.Add((await ImportAsync(api, await DebtFile.WriteAsync(size, seed: size + round), delete: true)).Whole);
            }

            times.Sort();
            medians.Add((size, times[times.Count / 2]));
            Print($"imported, file of {size}, median of 5", size, times[times.Count / 2]);
            if (medians is [.., var (fewer, quicker), var (more, longer)])
            {
                Print($"  each row more than {fewer}", more - fewer, longer - quicker);
            }
        }
    }

    private static Issuer SampleIssuer() =>
        Issuer.Create(1, new IssuerDocument("341", "57", "12345", "109", "", "Cobrança Ágil Ltda.", "11.222.333/0001-81", "Rua das Acácias, 1200 – São Paulo", "São Paulo", ["Não receber após 30/03/2027."], "123e4567-e12b-12d1-a456-426655440000"));

    private static Boleto SampleBoleto(int i) => new()
    {
        Id = 1 + i,
        DebtId = $"1adb6ccf-ff16-467f-bea7-{i:D12}",
        Name = $"Devedor {i}",
        GovernmentId = "11144477735",
        Email = "a@b.example",
        Amount = 10.5m + i,
        DueOn = new DateOnly(2027, 1, 31),
        State = BoletoStates.BillGenerated,
        Sequence = 1 + i,
        IssuedAt = new DateTimeOffset(2026, 12, 1, 12, 0, 0, TimeSpan.Zero),
    };

    private static void MeasurePdfs()
    {
        var issuer = SampleIssuer();
        for (var round = 0; round < 5; round++)
        {
            var start = Clock.GetTimestamp();
            for (var i = 0; i < 2000; i++)
            {
                BoletoPdf.Write(issuer.Document(SampleBoleto(i)));
            }

            if (round > 0)
            {
                Print("PDF with bars and QR, one thread", 2000, Clock.GetElapsedTime(start).TotalSeconds);
            }
        }
    }

    /// <summary>A mail up to its file, without database: what is left of the whole is claiming and storing.</summary>
    private static async Task MeasureComposingAsync()
    {
        var folder = Directory.CreateTempSubdirectory("pamps-benchmark-mails-");
        var transport = new FolderTransport(Options.Create(new BillingOptions { Mail = { Folder = folder.FullName } }), Clock);
        var issuer = SampleIssuer();
        for (var round = 0; round < 5; round++)
        {
            var start = Clock.GetTimestamp();
            for (var i = 0; i < 2000; i++)
            {
                var (message, key) = BoletoMail.OfBoleto(SampleBoleto((round * 2000) + i), issuer, "boletos@localhost");
                using (message)
                {
                    await transport.SendAsync(message, key, CancellationToken.None);
                }
            }

            if (round > 0)
            {
                Print("mail composed and written, one thread", 2000, Clock.GetElapsedTime(start).TotalSeconds);
            }
        }

        folder.Delete(recursive: true);
    }

    private static async Task<(double Upload, double Whole)> ImportAsync(ApiProcess api, string file, bool delete)
    {
        var start = Clock.GetTimestamp();
        JsonElement import;
        await using (var stream = File.OpenRead(file))
        {
            using var content = new StreamContent(stream) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };
            using var response = await api.Client.PostAsync(new Uri("/api/v1/billing/imports", UriKind.Relative), content);
            response.EnsureSuccessStatusCode();
            import = await response.Content.ReadFromJsonAsync<JsonElement>();
        }

        var upload = Clock.GetElapsedTime(start).TotalSeconds;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (import.GetProperty("state").GetString() != "done")
        {
            await timer.WaitForNextTickAsync();
            import = await api.Client.GetFromJsonAsync<JsonElement>($"/api/v1/billing/imports/{import.GetProperty("id").GetString()}");
        }

        if (import.GetProperty("rows").GetInt64() != import.GetProperty("issued").GetInt64())
        {
            throw new InvalidOperationException($"Not every row became a boleto: {import}");
        }

        if (delete)
        {
            File.Delete(file);
        }

        return (upload, Clock.GetElapsedTime(start).TotalSeconds);
    }

    /// <summary>Reads the public feed 100 times a second until the work is done, at least for a while; the 99th percentile in milliseconds.</summary>
    private static async Task<double> FeedP99Async(ApiProcess api, Task work, TimeSpan atLeast)
    {
        var start = Clock.GetTimestamp();
        var times = new List<double>();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!work.IsCompleted || Clock.GetElapsedTime(start) < atLeast)
        {
            await timer.WaitForNextTickAsync();
            var sent = Clock.GetTimestamp();
            using var response = await api.Client.GetAsync(new Uri("/api/v1/feeds/public", UriKind.Relative));
            response.EnsureSuccessStatusCode();
            times.Add(Clock.GetElapsedTime(sent).TotalMilliseconds);
        }

        times.Sort();
        return times[(int)(times.Count * 0.99)];
    }

    private static async Task<(double Seconds, List<DebtRow> Debts)> ParseAsync(string file)
    {
        var debts = new List<DebtRow>();
        var best = double.MaxValue;
        for (var round = 0; round < 4; round++)
        {
            var start = Clock.GetTimestamp();
            await using var stream = File.OpenRead(file);
            using var csv = await BoletoCsv.OpenAsync(stream, CsvEncoding.Utf8, CancellationToken.None);
            while (await csv.ReadAsync(CancellationToken.None))
            {
                if (round == 3)
                {
                    debts.Add(csv.Debt);
                }
            }

            best = round is 1 or 2 ? Math.Min(best, Clock.GetElapsedTime(start).TotalSeconds) : best;
        }

        return (best, debts);
    }

    private static double Number(List<DebtRow> debts)
    {
        var bank = new ItauBank("57", "12345", "109");
        var start = Clock.GetTimestamp();
        var sequence = 0;
        foreach (var debt in debts)
        {
            var number = BoletoNumber.Create(bank.Code, debt.DueOn, debt.Amount, bank.FreeField(++sequence));
            _ = number.Line;
        }

        return Clock.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>The same rows as an import stores, column by column and written alike, into a table without index or key.</summary>
    private static async Task<double> CopyAsync(string database, List<DebtRow> debts)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using (var create = new NpgsqlCommand("create table bare as table boletos with no data", connection))
        {
            await create.ExecuteNonQueryAsync();
        }

        var now = Clock.GetUtcNow();
        var (barcode, line) = (new string('1', 44), new string('2', 47));
        var start = Clock.GetTimestamp();
        await using (var copy = await BinaryCopy.BeginAsync(connection, StoreDebts.CopyCommand("bare"), CancellationToken.None))
        {
            foreach (var debt in debts)
            {
                if (copy.IsFull)
                {
                    await copy.FlushAsync(CancellationToken.None);
                }

                copy.StartRow(StoreDebts.Columns);
                copy.Write(debt.Line);
                copy.Write(1L);
                copy.Write(debt.Line);
                copy.Write(debt.DebtId);
                copy.Write(debt.Name);
                copy.Write(debt.TaxId);
                copy.Write(debt.Email);
                copy.Write(debt.Amount);
                copy.Write(debt.DueOn);
                copy.Write(false);
                copy.Write(false);
                copy.Write(now);
                copy.Write(BoletoStates.BillGenerated);
                copy.Write(now);
                copy.WriteNull();
                copy.WriteNull();
                copy.Write(false);
                copy.Write(1);
                copy.Write(debt.Line);
                copy.Write(barcode);
                copy.Write(line);
                copy.Write(now);
            }

            await copy.CompleteAsync(CancellationToken.None);
        }

        var seconds = Clock.GetElapsedTime(start).TotalSeconds;
        await using var drop = new NpgsqlCommand("drop table bare", connection);
        await drop.ExecuteNonQueryAsync();
        return seconds;
    }

    private static async Task MigrateAsync(string database)
    {
        var options = new DbContextOptionsBuilder<PampsDbContext>().UseNpgsql(database, npgsql => npgsql.MigrationsAssembly("Pamps.MigrationService")).Options;
        await using var db = new PampsDbContext(options);
        await db.Database.MigrateAsync();
    }

    private static async Task DropAsync(string server, string database)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server) { Database = "postgres", Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var drop = new NpgsqlCommand($"drop database if exists {new NpgsqlConnectionStringBuilder(database).Database} with (force)", connection);
        await drop.ExecuteNonQueryAsync();
    }

    private static int CountMails(DirectoryInfo mails) => mails.EnumerateDirectories("??").Sum(folder => folder.EnumerateFiles("*.eml").Count());

    private static void Print(string what, long count, double seconds, TimeSpan? cpu = null) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-48} {count,9} in {seconds,7:0.000} s = {count / seconds,9:0}/s, {seconds / count * 1e6,6:0.0} µs each{(cpu is { } used ? $", {used.TotalMicroseconds / count:0.0} µs of the API's processor" : "")}"));

    private static string? Option(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var i && i + 1 < args.Length ? args[i + 1] : null;
}
