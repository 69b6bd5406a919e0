using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Contracts;
using static Pamps.Tests.Features.Billing.BillingFixture;

namespace Pamps.Tests.Features.Billing;

/// <summary>Files on their way to debts.</summary>
public sealed class ImportBoletosTests(BillingFixture api) : IClassFixture<BillingFixture>
{
    [Fact]
    public async Task A_file_becomes_boletos_with_number_and_digits()
    {
        var id = NewDebtId();
        var file = Csv(Row(id, amount: "1234.56", dueOn: "2026-12-31"));
        using var response = await api.SendAsync(file);
        var import = await response.ShouldBe<BoletoImportResponse>(HttpStatusCode.Accepted);

        Assert.Equal($"/api/v1/billing/imports/{import.Id}", response.Headers.Location!.OriginalString);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(file))), import.Sha256);
        var done = await api.ImportAsync(file);
        Assert.Equal((import.Id, 1, 1, 0, 0, 1), (done.Id, done.Rows, done.Accepted, done.Duplicates, done.Rejected, done.Issued));
        Assert.Equal((Encoding.UTF8.GetByteCount(file), done.Bytes), (done.Bytes, done.BytesRead));

        var boleto = await api.BoletoAsync(id);
        Assert.Equal((id, 2, "Maria Souza", 1234.56m, false), (boleto.DebtId, boleto.Line, boleto.Name, boleto.Amount, boleto.GovernmentIdDoubtful));
        Assert.StartsWith("3419", boleto.Barcode, StringComparison.Ordinal);
        Assert.EndsWith(" 16770000123456", boleto.TypedLine, StringComparison.Ordinal);
        Assert.StartsWith("109/0000", boleto.OurNumber, StringComparison.Ordinal);
        Assert.Contains("54071234.56", boleto.Pix, StringComparison.Ordinal);
        Assert.True(ApiService.Features.Billing.BoletoNumber.TryParse(boleto.TypedLine!, out _, out _));
    }

    [Theory]
    [InlineData("0.01", 0.01)]
    [InlineData("0.10", 0.1)]
    [InlineData("9999.99", 9999.99)]
    [InlineData("10000", 10000)]
    [InlineData("10000,05", 10000.05)]
    [InlineData("99990000.00", 99990000)]
    [InlineData("99999999.99", 99999999.99)]
    public async Task Amounts_are_stored_to_the_cent(string written, double amount)
    {
        var id = NewDebtId();
        await api.ImportAsync(Csv(Row(id, amount: $"\"{written}\"")));
        var boleto = await api.BoletoAsync(id);
        Assert.Equal((decimal)amount, boleto.Amount);
        Assert.EndsWith(((long)(boleto.Amount * 100)).ToString("D10", CultureInfo.InvariantCulture), boleto.TypedLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Zoë Ça\u0303o Ñandú")]
    [InlineData("李小龍 \U0001F600 \U0001D11E")]
    public async Task Texts_and_dates_of_all_kinds_come_back_as_they_were(string name)
    {
        var (old, far) = (NewDebtId(), NewDebtId());
        await api.ImportAsync(Csv(Row(old, name: name, dueOn: "1997-10-06"), Row(far, name: name + new string('é', 200 - name.Length), dueOn: "9999-12-31")));
        var (first, second) = (await api.BoletoAsync(old), await api.BoletoAsync(far));
        Assert.Equal((name, new DateOnly(1997, 10, 6)), (first.Name, first.DueOn));
        Assert.Equal((name + new string('é', 200 - name.Length), new DateOnly(9999, 12, 31)), (second.Name, second.DueOn));
    }

    [Fact]
    public async Task More_text_than_a_chunk_holds_is_stored_whole()
    {
        var (name, email) = (new string('ã', 200), new string('m', 300) + "@example.com");
        var import = await api.ImportAsync(Csv([.. Enumerable.Range(0, 12_500).Select(_ => Row(name: name, email: email, dueOn: "9999-12-31"))]));
        Assert.Equal((12_500, 12_500, 0), (import.Rows, import.Accepted, import.Rejected));
    }

    [Fact]
    public async Task The_same_debt_is_issued_once_however_often_it_comes()
    {
        var (a, b, c) = (NewDebtId(), NewDebtId(), NewDebtId());
        var first = await api.ImportAsync(Csv(Row(a), Row(b), Row(a, name: "Second")));
        var second = await api.ImportAsync(Csv(Row(b), Row(c)));

        Assert.Equal((3, 2, 1), (first.Rows, first.Accepted, first.Duplicates));
        Assert.Equal((2, 1, 1), (second.Rows, second.Accepted, second.Duplicates));
        Assert.Equal("Maria Souza", (await api.BoletoAsync(a)).Name);
        var numbers = await Task.WhenAll(new[] { a, b, c }.Select(async id => (await api.BoletoAsync(id)).OurNumber));
        Assert.Equal(3, numbers.Distinct().Count());
    }

    [Fact]
    public async Task Two_uploads_of_a_file_at_once_are_one_import()
    {
        var file = Csv([.. Enumerable.Range(0, 3000).Select(_ => Row())]);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            using var response = await api.SendAsync(file);
            return (await response.ShouldBe<BoletoImportResponse>(HttpStatusCode.Accepted)).Id;
        }));

        Assert.Single(answers.Distinct());
        Assert.Equal((3000, 0), ((await api.ImportAsync(file)).Accepted, (await api.ImportAsync(file)).Duplicates));
    }

    [Fact]
    public async Task Forms_and_gzip_are_the_same_file()
    {
        var file = Encoding.UTF8.GetBytes(Csv(Row(), Row()));
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            await gzip.WriteAsync(file);
        }

        var plain = await api.ImportAsync(file);
        Assert.Equal(plain.Id, (await api.ImportAsync(packed.ToArray())).Id);
        foreach (var content in (byte[][])[file, packed.ToArray()])
        {
            using var form = new MultipartFormDataContent { { new StringContent("x"), "other" }, { new ByteArrayContent(content), "file", "debts.csv" } };
            using var response = await api.Operator.PostAsync(new Uri("/api/v1/billing/imports", UriKind.Relative), form);
            Assert.Equal(plain.Id, (await response.ShouldBe<BoletoImportResponse>(HttpStatusCode.Accepted)).Id);
        }
    }

    [Fact]
    public async Task A_packed_file_of_several_members_is_one_file()
    {
        var file = Encoding.UTF8.GetBytes(Csv([.. Enumerable.Range(0, 200).Select(_ => Row())]));
        byte[] packed = [.. Pack(file[..100]), .. Pack([]), .. Pack(file[100..9000]), .. Pack(file[9000..])];

        var plain = await api.ImportAsync(file);
        Assert.Equal(plain.Id, (await api.ImportAsync(packed)).Id);

        // Cut anywhere but between two members it is none; there it is a shorter file.
        var last = Pack(file[9000..]).Length;
        foreach (var missing in (int[])[1, 4, 8, 9, 200, last - 1])
        {
            using var response = await api.SendAsync(packed[..^missing]);
            Assert.Equal("invalid_file", (await response.ShouldBe<Problem>(HttpStatusCode.BadRequest)).Code);
        }
    }

    [Fact]
    public async Task A_bomb_in_the_second_member_is_refused_too()
    {
        byte[] packed = [.. Pack(Encoding.UTF8.GetBytes(Csv(Row()))), .. Pack(new byte[19_000_000])];
        using var bomb = await api.SendAsync(packed);
        Assert.Contains("unpacks", (await bomb.ShouldBe<Problem>(HttpStatusCode.RequestEntityTooLarge)).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_rows_cost_themselves_and_nothing_else()
    {
        var (first, last) = (NewDebtId(), NewDebtId());
        byte[] file =
        [
            .. Encoding.UTF8.GetBytes(Csv(Row(first, name: "João"), Row(name: "A\0B"), Row(amount: "-1"), Row(amount: "1e400"), Row(amount: "123456789012"), Row(dueOn: "2022-02-30"))),
            .. Encoding.UTF8.GetBytes(Row(name: "Jo?o") + "\n").Select(b => b == (byte)'?' ? (byte)0xFF : b),
            .. Encoding.UTF8.GetBytes(new string('x', 9_000_000) + "\n"),
            .. Encoding.UTF8.GetBytes(new string(',', 9_000_000) + "\n"),
            .. Encoding.UTF8.GetBytes(Row(email: "\"a@b.example\r\nBcc: c@d.example\"") + "\n" + Row(last) + "\n"),
        ];
        var import = await api.ImportAsync(file);

        Assert.Equal((11, 2, 9, 2), (import.Rows, import.Accepted, import.Rejected, import.Issued));
        Assert.NotNull((await api.BoletoAsync(first)).Barcode);
        var errors = (await api.GetAsync<Page<RowErrorResponse>>($"imports/{import.Id}/errors")).Items;
        Assert.Equal(
            [
                (3L, "name", "control_character"), (4, "debtAmount", "negative"), (5, "debtAmount", "not_an_amount"), (6, "debtAmount", "amount_too_large"),
                (7, "debtDueDate", "not_a_date"), (8, "name", "not_utf8"), (9, "", "line_too_long"), (10, "", "line_too_long"), (11, "email", "control_character"),
            ],
            errors.Select(error => (error.Line, error.Field, error.Code)).Order());
        Assert.All(errors, error => Assert.InRange(error.Value.Length, 0, 200));
        Assert.Equal(13, (await api.BoletoAsync(last)).Line);
    }

    [Fact]
    public async Task The_rows_of_an_import_are_listed_as_its_own()
    {
        var known = NewDebtId();
        var other = await api.ImportAsync(Csv(Row(known)));
        var import = await api.ImportAsync(Csv(Row(), Row(known), Row(), Row()));
        var empty = await api.ImportAsync(Csv(Row(known)) + "\n");

        var page = await api.GetAsync<Page<BoletoResponse>>($"boletos?import_id={import.Id}");
        Assert.Equal([5L, 4, 2], page.Items.Select(boleto => boleto.Line));
        Assert.Equal(known, Assert.Single((await api.GetAsync<Page<BoletoResponse>>($"boletos?import_id={other.Id}")).Items).DebtId);
        Assert.Empty((await api.GetAsync<Page<BoletoResponse>>($"boletos?import_id={empty.Id}")).Items);
        Assert.Empty((await api.GetAsync<Page<BoletoResponse>>("boletos?import_id=999999")).Items);
    }

    [Fact]
    public async Task Bad_rows_are_kept_and_good_ones_go_on()
    {
        var (good, bad) = (NewDebtId(), NewDebtId());
        var import = await api.ImportAsync(Csv(Row(good), Row(bad, name: "=cmd|'/c calc'!A1", amount: "0", dueOn: "2022-02-30"), "x"));
        Assert.Equal((3, 1, 2), (import.Rows, import.Accepted, import.Rejected));

        var errors = (await api.GetAsync<Page<RowErrorResponse>>($"imports/{import.Id}/errors")).Items;
        Assert.Equal([(4L, "name"), (4, "debtAmount"), (4, "debtDueDate"), (3, "debtAmount"), (3, "debtDueDate")], errors.Select(error => (error.Line, error.Field)));
        Assert.Contains(new RowErrorResponse(3, "debtDueDate", "2022-02-30", "not_a_date", "is not a date like 2026-12-31"), errors);

        using var download = await api.Operator.GetAsync(new Uri($"/api/v1/billing/imports/{import.Id}/corrections.csv", UriKind.Relative));
        await download.ShouldBe(HttpStatusCode.OK);
        var corrections = Encoding.UTF8.GetString(await download.Content.ReadAsByteArrayAsync());
        Assert.StartsWith($"\uFEFF{Header},line,problem\r\n{bad},'=cmd|'/c calc'!A1,", corrections, StringComparison.Ordinal);

        // Corrected and sent again as it is, with its two more columns.
        var corrected = await api.ImportAsync(corrections.Replace("maria@example.com,0,2022-02-30", "maria@example.com,1,2031-02-28", StringComparison.Ordinal));
        Assert.Equal((1, 1), (corrected.Accepted, corrected.Rejected));
        Assert.Equal("=cmd|'/c calc'!A1", (await api.BoletoAsync(bad)).Name);
    }

    [Fact]
    public async Task Doubtful_ids_and_past_due_dates_are_flagged_and_hopeless_dates_are_errors()
    {
        var (past, hopeless) = (NewDebtId(), NewDebtId());
        await api.ImportAsync(Csv(Row(past, dueOn: "2025-02-22").Replace("11144477735", "1234", StringComparison.Ordinal), Row(hopeless, dueOn: "2099-01-01")));

        var flagged = await api.BoletoAsync(past);
        Assert.Equal((true, true, true), (flagged.PastDue, flagged.GovernmentIdDoubtful, flagged.Barcode is not null));
        var error = await api.BoletoAsync(hopeless);
        Assert.Equal(("error", null), (error.State, error.Barcode));
        Assert.Contains("due date", error.Error, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> UselessFiles => new()
    {
        { "", "The file is empty." },
        { "\n\n", "The file is empty." },
        { "a,b\n1,2\n", "Missing columns: debtId, name, governmentId, email, debtAmount, debtDueDate" },
        { "name|debtId\n", "Missing columns: debtId, name, governmentId, email, debtAmount, debtDueDate" },
        { "name,governmentId,email,debtAmount,debtDueDate\n", "Missing columns: debtId" },
        { new string('x', 70_000), "The header cannot be read: the line is longer than 65536 bytes." },
    };

    [Theory]
    [MemberData(nameof(UselessFiles))]
    public async Task A_file_without_the_columns_is_refused_and_nothing_is_stored(string file, string detail)
    {
        var before = await CountChunksAsync();
        using var response = await api.SendAsync(file);
        var problem = await response.ShouldBe<Problem>(HttpStatusCode.BadRequest);

        Assert.Equal(("invalid_file", detail), (problem.Code, problem.Detail));
        Assert.Equal(before, await CountChunksAsync());
    }

    [Fact]
    public async Task A_header_alone_is_an_import_without_rows()
    {
        var import = await api.ImportAsync(Header + "\n");
        Assert.Equal((0, 0), (import.Rows, import.Accepted));
    }

    [Fact]
    public async Task A_zip_bomb_and_a_file_that_is_too_large_are_refused()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(Header + "\n"));
            var zeros = new byte[1_000_000];
            for (var i = 0; i < 19; i++)
            {
                await gzip.WriteAsync(zeros);
            }
        }

        using var bomb = await api.SendAsync(packed.ToArray());
        Assert.Contains("unpacks", (await bomb.ShouldBe<Problem>(HttpStatusCode.RequestEntityTooLarge)).Detail, StringComparison.Ordinal);
        using var large = await api.SendAsync(new byte[20_000_001]);
        await large.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task A_packed_file_that_is_cut_off_is_refused()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(Csv([.. Enumerable.Range(0, 500).Select(i => Row(name: $"Nome {i * 7919 % 1000}"))])));
        }

        var before = await CountChunksAsync();
        using var response = await api.SendAsync(packed.ToArray()[..^200]);
        await response.ShouldBe(HttpStatusCode.BadRequest);
        Assert.Equal(before, await CountChunksAsync());
    }

    [Fact]
    public async Task An_upload_that_breaks_off_leaves_nothing()
    {
        var before = await CountImportsAsync();
        var line = NewDebtId();
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(api.Operator.BaseAddress!.Host, api.Operator.BaseAddress.Port);
            var request = $"POST /api/v1/billing/imports HTTP/1.1\r\nHost: x\r\nAuthorization: {api.Operator.DefaultRequestHeaders.Authorization}\r\nContent-Type: text/csv\r\nContent-Length: 5000000\r\n\r\n{Csv(Row(line), Row())}";
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        }

        // The next upload is read after the broken one: once it is done, the other has had its chance.
        await api.ImportAsync(Csv(Row()));
        Assert.Equal(before + 1, await CountImportsAsync());
        Assert.Empty((await api.GetAsync<Page<BoletoResponse>>($"boletos?debt_id={line}")).Items);
    }

    [Fact]
    public async Task Only_billing_operators_with_the_scope_may_import_and_look()
    {
        using var body = new StringContent(Csv(Row()), Encoding.UTF8, "text/csv");
        using var nobody = await api.Anonymous.PostAsync(new Uri("/api/v1/billing/imports", UriKind.Relative), body);
        await nobody.ShouldBe(HttpStatusCode.Unauthorized);

        var user = await api.SignedInAs("user");
        using var stranger = await user.Http.PostAsync(new Uri("/api/v1/billing/imports", UriKind.Relative), body);
        await stranger.ShouldBe(HttpStatusCode.Forbidden);
        foreach (var path in (string[])["imports", "imports/1", "imports/1/errors", "imports/1/corrections.csv", "boletos", "boletos/1", "boletos/1/pdf", "boletos/1/html", "statistics"])
        {
            using var read = await user.Http.GetAsync(new Uri("/api/v1/billing/" + path, UriKind.Relative));
            await read.ShouldBe(HttpStatusCode.Forbidden);
        }
    }

    [Fact]
    public async Task Another_type_of_body_and_a_form_without_file_are_refused()
    {
        using var json = await api.Operator.PostAsync(new Uri("/api/v1/billing/imports", UriKind.Relative), new StringContent("{}", Encoding.UTF8, "application/json"));
        await json.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        using var form = new MultipartFormDataContent { { new StringContent("x"), "other" } };
        using var missing = await api.Operator.PostAsync(new Uri("/api/v1/billing/imports", UriKind.Relative), form);
        Assert.Contains("file", (await missing.ShouldBe<Problem>(HttpStatusCode.BadRequest)).Errors!.Keys);
    }

    [Fact]
    public async Task Windows_1252_files_keep_their_letters()
    {
        var id = NewDebtId();
        await api.ImportAsync(CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(Csv(Row(id, name: "João Ação"))));
        Assert.Equal("João Ação", (await api.BoletoAsync(id)).Name);
    }

    [Fact]
    public async Task Replicas_share_the_work_and_each_debt_is_stored_once()
    {
        using var replica = api.StartReplica();
        var files = Enumerable.Range(0, 6).Select(_ => Csv([.. Enumerable.Range(0, 500).Select(_ => Row())])).ToList();
        var shared = files[0].Split('\n')[1];
        var imports = await Task.WhenAll(files.Select((file, i) => api.ImportAsync(file + (i > 0 ? shared + "\n" : ""))));

        Assert.Equal(3000, imports.Sum(import => import.Accepted));
        Assert.Equal(5, imports.Sum(import => import.Duplicates));
    }

    private static byte[] Pack(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    private Task<int> CountChunksAsync() => api.WithDatabase(db => db.Database.SqlQuery<int>($"select count(*)::int as \"Value\" from boleto_import_chunks").SingleAsync());

    private Task<int> CountImportsAsync() => api.WithDatabase(db => db.BoletoImports.CountAsync());
}
