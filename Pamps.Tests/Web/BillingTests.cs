using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Npgsql;
using Pamps.ApiService.Outbox;
using Pamps.MigrationService;
using Pamps.Tests.Features.Billing;

namespace Pamps.Tests.Web;

/// <summary>What only a browser shows of billing: bars that move by themselves, a file that is dropped, an upload that is given up, a sheet that scanners read. The operator of the demo chose Portuguese, so nothing here goes by words.</summary>
public sealed class BillingTests
{
    // The stream says so when it has begun; what happened before is not its to tell.
    private const string NoteReady =
        "window.EventSource = class extends EventSource { constructor(...of) { super(...of); this.addEventListener('ready', () => window.streamIsReady = true); } };";

    [Fact]
    public async Task The_bars_of_a_colleagues_file_move_by_what_the_stream_says()
    {
        await using var visitor = await OperatorAsync();
        await using var import = await HeldImport.StartAsync();
        var page = visitor.Page;
        var asked = 0;
        await page.AddInitScriptAsync(NoteReady);
        await page.RouteAsync($"**/billing/imports/{import.Id}", route =>
        {
            // The page may ask for itself again: here it gets no answer.
            asked += route.Request.ResourceType == "fetch" ? 1 : 0;
            return route.Request.ResourceType == "fetch" ? route.AbortAsync("aborted") : route.ContinueAsync();
        });
        await visitor.GoAsync($"/billing/imports/{import.Id}");
        await Eventually.Be(() => page.EvaluateAsync<bool>("() => window.streamIsReady === true"), isReady => isReady);

        await import.TellAsync("position = 40, rows = 4, accepted = 3, rejected = 1, issued = 1");
        await IsAsync("read", "40", "^4 ");
        await IsAsync("issued", "1", "^1 .* 3$");
        await Assertions.Expect(page.Locator("[data-fact=rejected]")).ToHaveTextAsync("1");
        await import.TellAsync("position = 100, rows = 11, accepted = 10, issued = 10, sent = 4");
        await IsAsync("read", "100", "^11 ");
        await IsAsync("issued", "10", "^10 .* 10$");
        await IsAsync("mailed", "4", "^4 .* 10$");
        await import.TellAsync("state = 'done', sent = 10");
        await IsAsync("mailed", "10", "^10 .* 10$");

        // At the end it does ask, for the rows that were refused, and then follows no more.
        await Eventually.Be(() => Task.FromResult(asked), count => count > 0);
        await page.UnrouteAllAsync();
        await Assertions.Expect(page.Locator("[data-import-running]")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator(".chip.state-done")).ToBeVisibleAsync();
        Assert.Empty(visitor.Troubles);

        async Task IsAsync(string step, string value, string text)
        {
            await Eventually.Be(() => page.Locator($"progress[data-step={step}]").GetAttributeAsync("value"), now => now == value);
            await Assertions.Expect(page.Locator($"[data-step-text={step}]")).ToHaveTextAsync(new Regex(text));
        }
    }

    [Fact]
    public async Task A_file_that_is_dropped_on_the_form_is_imported()
    {
        await using var visitor = await OperatorAsync();
        var page = visitor.Page;
        var debt = ApiFixture.Unique("drop");
        await visitor.GoAsync("/billing/import");
        var dropped = await page.EvaluateHandleAsync(
            "([name, text]) => { const transfer = new DataTransfer(); transfer.items.add(new File([text], name, { type: 'text/csv' })); return transfer; }",
            new[] { $"{debt}.csv", File(debt) });

        var zone = page.Locator("[data-drop]");
        await zone.DispatchEventAsync("dragenter", new { dataTransfer = dropped });
        await Assertions.Expect(zone).ToHaveClassAsync(new Regex("\\bover\\b"));
        await zone.DispatchEventAsync("drop", new { dataTransfer = dropped });
        await Assertions.Expect(zone).Not.ToHaveClassAsync(new Regex("\\bover\\b"));
        Assert.Equal($"{debt}.csv", await page.Locator("input[type=file]").EvaluateAsync<string>("field => field.files[0].name"));
        await page.Locator("form[data-upload] [type=submit]").ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = $"{debt}.csv" })).ToBeVisibleAsync();
        await Eventually.Be(() => page.Locator("progress[data-step=issued]").GetAttributeAsync("value"), value => value == "1");
        Assert.Empty(visitor.Troubles);
    }

    [Fact]
    public async Task An_upload_that_is_given_up_half_way_leaves_nothing_and_can_be_sent_again()
    {
        await using var visitor = await OperatorAsync();
        var page = visitor.Page;
        var debt = ApiFixture.Unique("cancel");

        // Some rows with a wide column that nobody reads, over a narrow line.
        var file = File([.. Enumerable.Range(0, 60).Select(i => $"{debt}-{i}")], note: new string('x', 50_000));
        await visitor.GoAsync("/billing/import");
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = $"{debt}.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(file) });
        var line = await page.Context.NewCDPSessionAsync(page);
        await LimitUploadAsync(line, bytesPerSecond: 100_000);
        var (bar, send, cancel) = (page.Locator("#upload"), page.Locator("form[data-upload] [type=submit]"), page.Locator("[data-upload-cancel]"));
        await send.ClickAsync();
        var sent = await Eventually.Be(() => bar.EvaluateAsync<double[]>("bar => [bar.value, bar.max]"), state => state[0] > 1);
        Assert.InRange(sent[0], 2, sent[1] - 1);
        await Assertions.Expect(page.Locator("[data-upload-text]")).ToHaveTextAsync(new Regex("^[0-9.,]+ MB .* 3 MB$"));

        await cancel.ClickAsync();

        await Assertions.Expect(page.Locator("[data-upload-progress]")).ToBeHiddenAsync();
        await Assertions.Expect(cancel).ToBeHiddenAsync();
        await Assertions.Expect(send).ToBeFocusedAsync();
        Assert.Equal(0, await NumberAsync($"select count(*) from boleto_imports where file_name = '{debt}.csv'"));

        await LimitUploadAsync(line, bytesPerSecond: -1);
        await send.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = $"{debt}.csv" })).ToBeVisibleAsync();
        await Eventually.Be(() => NumberAsync($"select count(*) from boletos where debt_id like '{debt}-%'"), count => count == 60);
        Assert.Equal(1, await NumberAsync($"select count(*) from boleto_imports where file_name = '{debt}.csv'"));
        Assert.Empty(visitor.Troubles);
    }

    [Fact]
    public async Task What_is_wrong_with_a_file_is_said_at_the_form_and_nothing_else_can_be_made_to_stand_there()
    {
        await using var visitor = await OperatorAsync(new Look(Scripts: false));
        await visitor.GoAsync("/billing/import");
        await visitor.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "wrong.csv", MimeType = "text/csv", Buffer = "name;email\nx;y\n"u8.ToArray() });

        await visitor.Page.Locator("main form[method=post] button[type=submit]").ClickAsync();

        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("debtDueDate");
        await visitor.GoAsync("/billing/import?problem=Call+this+number");
        await Assertions.Expect(visitor.Page.Locator("input[type=file]")).ToBeVisibleAsync();
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        await Assertions.Expect(visitor.Page.Locator("main")).Not.ToContainTextAsync("Call this number");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_mail_that_failed_can_be_sent_again_and_one_that_left_cannot(bool scripts)
    {
        await using var visitor = await OperatorAsync(new Look(Scripts: scripts));
        var page = visitor.Page;
        var debt = ApiFixture.Unique("again");
        await ImportAsync(visitor, debt, email: "nobody");
        await Eventually.Be(() => NumberAsync($"select count(*) from boletos where debt_id = '{debt}' and state = 'error'"), count => count == 1);
        var id = await NumberAsync($"select id from boletos where debt_id = '{debt}'");
        await visitor.GoAsync($"/billing/boletos/{id}");
        await Assertions.Expect(page.Locator(".boleto .field-error")).ToBeVisibleAsync();

        // As if the address had been put right.
        await NumberAsync($"update boletos set email = 'maria@example.org' where id = {id} returning id");
        await page.Locator("button[formaction$='/resend']").ClickAsync();

        await Eventually.Be(() => NumberAsync($"select count(*) from boletos where id = {id} and state = 'bill_sent'"), count => count == 1);
        await visitor.GoAsync($"/billing/boletos/{id}");
        await Assertions.Expect(page.Locator(".boleto .state-bill_sent")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("button[formaction$='/resend']")).ToHaveCountAsync(0);
        Assert.Empty(visitor.Troubles);
    }

    [Fact]
    public async Task Scanners_read_the_boleto_on_the_page_on_the_printed_page_and_in_the_PDF()
    {
        await using var visitor = await OperatorAsync(new Look(Phone: true));
        var page = visitor.Page;
        var debt = ApiFixture.Unique("scan");
        await ImportAsync(visitor, debt);
        await Eventually.Be(() => NumberAsync($"select count(*) from boletos where debt_id = '{debt}' and barcode is not null"), count => count == 1);
        var id = await NumberAsync($"select id from boletos where debt_id = '{debt}'");
        var barcode = await TextAsync($"select barcode from boletos where id = {id}");
        var folder = Directory.CreateTempSubdirectory("pamps-scan-");
        try
        {
            await visitor.GoAsync($"/billing/boletos/{id}");
            var pix = await page.Locator(".pix-code").InnerTextAsync();
            await page.SetViewportSizeAsync(1000, 900);
            Assert.Contains($"QR-Code:{pix}", await ScanAsync("page"), StringComparison.Ordinal);

            var download = await page.RunAndWaitForDownloadAsync(() => page.Locator("a[href$='/pdf']").ClickAsync());
            var pdf = Path.Combine(folder.FullName, "boleto.pdf");
            await download.SaveAsAsync(pdf);
            await CommandLine.RunAsync("pdftoppm", "-r", "300", "-singlefile", "-png", pdf, Path.Combine(folder.FullName, "pdf"));
            var read = await CommandLine.RunAsync("zbarimg", "--quiet", Path.Combine(folder.FullName, "pdf.png"));
            Assert.Contains($"I2/5:{barcode}", read, StringComparison.Ordinal);
            Assert.Contains($"QR-Code:{pix}", read, StringComparison.Ordinal);

            await page.Locator("a[href$='/html']").ClickAsync();
            await Assertions.Expect(page.Locator("#line")).ToHaveTextAsync(new Regex("^341"));
            Assert.Equal(pix, await page.Locator("#pix").InputValueAsync());
            read = await ScanAsync("html");
            Assert.Contains($"I2/5:{barcode}", read, StringComparison.Ordinal);
            Assert.Contains($"QR-Code:{pix}", read, StringComparison.Ordinal);
            Assert.Empty(visitor.Troubles);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        async Task<string> ScanAsync(string name)
        {
            var picture = Path.Combine(folder.FullName, name + ".png");
            await page.ScreenshotAsync(new() { Path = picture, FullPage = true });
            return await CommandLine.RunAsync("zbarimg", "--quiet", picture);
        }
    }

    private static async Task<SiteVisitor> OperatorAsync(Look? look = null)
    {
        var visitor = await SiteVisitor.ArriveAsync(look);
        await visitor.SignInAsync(DevelopmentSeed.BillingOperator, DevelopmentSeed.Password);
        return visitor;
    }

    private static async Task ImportAsync(SiteVisitor visitor, string debt, string email = "maria@example.org")
    {
        await visitor.GoAsync("/billing/import");
        await visitor.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = $"{debt}.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(File([debt], email: email)) });
        await visitor.Page.Locator("form[data-upload] [type=submit]").ClickAsync();
        await visitor.Page.WaitForURLAsync(url => Regex.IsMatch(url, "/billing/imports/[0-9]+$"));
    }

    private static string File(string debt) => File([debt]);

    private static string File(string[] debts, string note = "", string email = "maria@example.org") =>
        "name,governmentId,email,debtAmount,debtDueDate,debtId,note\n" + string.Concat(debts.Select(debt => $"Maria Souza,52998224725,{email},149.90,2031-10-12,{debt},{note}\n"));

    private static Task LimitUploadAsync(ICDPSession line, int bytesPerSecond) => line.SendAsync(
        "Network.emulateNetworkConditions",
        new() { ["offline"] = false, ["latency"] = 0, ["downloadThroughput"] = -1, ["uploadThroughput"] = bytesPerSecond });

    private static async Task<long> NumberAsync(string sql) => Convert.ToInt64(await ValueAsync(sql), System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<string> TextAsync(string sql) => (string)(await ValueAsync(sql))!;

    private static async Task<object?> ValueAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(await AppModel.PostgresAsync());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>An import that nobody reads, because its lock is held here, and that is as far as the test says.</summary>
    private sealed class HeldImport : IAsyncDisposable
    {
        /// <summary>First key of the lock of whoever reads an import, as <c>ReadImports</c> takes it.</summary>
        private const int LockSpace = 0x424F4C49;

        private readonly NpgsqlConnection _connection;

        private HeldImport(NpgsqlConnection connection) => _connection = connection;

        public long Id { get; private set; }

        public static async Task<HeldImport> StartAsync()
        {
            var connection = new NpgsqlConnection(await AppModel.PostgresAsync());
            await connection.OpenAsync();
            var import = new HeldImport(connection);
            import.Id = (long)(await import.RunAsync("select nextval(pg_get_serial_sequence('boleto_imports', 'id'))"))!;
            await import.RunAsync($"select 1 from pg_advisory_lock({LockSpace}, {import.Id})");
            await import.RunAsync($"""
                insert into boleto_imports
                    (id, account_id, file_name, hash, state, byte_count, is_windows1252, position, next_line, rows, accepted, duplicates, rejected, issued, sent, paid, created_at)
                select {import.Id}, id, 'held.csv', '\x{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))}', 'processing', 100, false, 0, 1, 0, 0, 0, 0, 0, 0, 0, now()
                from accounts where username = '{DevelopmentSeed.Administrator}'
                """);
            return import;
        }

        /// <summary>Moves it on, and says so as the API does after a chunk.</summary>
        public async Task TellAsync(string set)
        {
            var e = new ImportAdvanced(Id);
            await RunAsync($"""
                update boleto_imports set {set} where id = {Id};
                insert into outbox_messages (type, payload, created_at, available_at, attempts, done_handlers, progress)
                values ('{EventCatalog.NameOf(e)}', '{EventCatalog.Write(e)}', now(), now(), 0, array[]::text[], 0);
                """);
        }

        public async ValueTask DisposeAsync()
        {
            await RunAsync($"update boleto_imports set state = 'done' where id = {Id}");
            await _connection.DisposeAsync();
        }

        private async Task<object?> RunAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, _connection);
            return await command.ExecuteScalarAsync();
        }
    }
}
