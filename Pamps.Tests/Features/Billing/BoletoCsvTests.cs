using System.Globalization;
using System.Text;
using Pamps.ApiService.Features.Billing;

namespace Pamps.Tests.Features.Billing;

/// <summary>Files as people and programs write them, and files meant to break the reader.</summary>
public sealed class BoletoCsvTests
{
    private const string Header = "name,governmentId,email,debtAmount,debtDueDate,debtId";
    private const string Row = "John Doe,11111111111,johndoe@kanastra.com.br,1000000.00,2022-10-12,1adb6ccf-ff16-467f-bea7-5f05d494280f";

    private static readonly DebtRow John = new(2, "1adb6ccf-ff16-467f-bea7-5f05d494280f", "John Doe", "11111111111", "johndoe@kanastra.com.br", 1_000_000m, new DateOnly(2022, 10, 12));

    public static TheoryData<string> SameFile => new()
    {
        $"{Header}\n{Row}\n",
        $"{Header}\r\n{Row}\r\n",
        $"{Header}\r{Row}\r",
        $"{Header}\n{Row}",
        $"\uFEFF{Header}\n{Row} \n",
        $"{Header}\n  {Row.Replace(",", " , ", StringComparison.Ordinal)}\t\n",
        $"{Header}\n\"{Row.Replace(",", "\",\"", StringComparison.Ordinal)}\"\n",
        $"\"{Header.Replace(",", "\",\"", StringComparison.Ordinal)}\"\n{Row}\n",
        $"{Header.Replace(',', ';')}\n{Row.Replace(',', ';').Replace("1000000.00", "1000000,00", StringComparison.Ordinal)}\n",
        $"{Header}\n{Row.Replace("1000000.00", "\"1000000,0\"", StringComparison.Ordinal)}\n",
        $"{Header.ToUpperInvariant()}\n{Row},,,\n",
        "debtId,x,debtDueDate,y,debtAmount,email,governmentId,name\n1adb6ccf-ff16-467f-bea7-5f05d494280f,\"a\"\"b,\",2022-10-12,,1000000,johndoe@kanastra.com.br,11111111111,John Doe\n",
    };

    [Theory]
    [MemberData(nameof(SameFile))]
    public async Task The_same_debt_is_read_however_it_is_written(string file)
    {
        var (debts, problems) = await ReadAsync(file);
        Assert.Empty(problems);
        Assert.Equal([John], debts);
    }

    [Fact]
    public async Task Empty_lines_are_skipped_and_counted()
    {
        var (debts, problems) = await ReadAsync($"\n{Header}\n\n  \n{Row}\n\n");
        Assert.Empty(problems);
        Assert.Equal([John with { Line = 5 }], debts);
    }

    [Theory]
    [InlineData("", "debtId,name,governmentId,email,debtAmount,debtDueDate")]
    [InlineData("\uFEFF", "debtId,name,governmentId,email,debtAmount,debtDueDate")]
    [InlineData("\n\n", "debtId,name,governmentId,email,debtAmount,debtDueDate")]
    [InlineData(Row + "\n", "debtId,name,governmentId,email,debtAmount,debtDueDate")]
    [InlineData("name|governmentId|email|debtAmount|debtDueDate|debtId\n", "debtId,name,governmentId,email,debtAmount,debtDueDate")]
    [InlineData("debtDueDate,name,email,debtAmount\n", "debtId,governmentId")]
    public async Task A_wrong_header_names_the_missing_columns(string file, string missing)
    {
        var exception = await Assert.ThrowsAsync<BoletoCsvException>(() => ReadAsync(file));
        Assert.Equal(missing.Split(','), exception.MissingColumns);
    }

    [Fact]
    public async Task A_column_named_twice_is_refused()
    {
        var exception = await Assert.ThrowsAsync<BoletoCsvException>(() => ReadAsync($"{Header},name\n"));
        Assert.Equal("The column name occurs twice.", exception.Message);
    }

    [Fact]
    public async Task A_UTF_16_file_is_refused_by_name()
    {
        var exception = await Assert.ThrowsAsync<BoletoCsvException>(() => ReadAsync([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes($"{Header}\n{Row}\n")]));
        Assert.Contains("UTF-16", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_million_columns_are_refused_without_being_held()
    {
        await using var endless = new RepeatedStream(Header + ",", "x,", 10_000_000, "\n" + Row);
        var exception = await Assert.ThrowsAsync<BoletoCsvException>(async () => await ReadAsync(endless));
        Assert.Contains("longer than 65536 bytes", exception.Message, StringComparison.Ordinal);
        Assert.InRange(endless.Position, 0, 1_000_000);
    }

    [Theory]
    [InlineData("debtAmount", "0", "zero", "is zero")]
    [InlineData("debtAmount", "0.00", "zero", "is zero")]
    [InlineData("debtAmount", "-10.00", "negative", "is negative")]
    [InlineData("debtAmount", "123456789012", "amount_too_large", "is larger than 99999999.99, the most a boleto can carry")]
    [InlineData("debtAmount", "100000000.00", "amount_too_large", "is larger than 99999999.99, the most a boleto can carry")]
    [InlineData("debtAmount", "99999999999999999999999999999999999999", "amount_too_large", "is larger than 99999999.99, the most a boleto can carry")]
    [InlineData("debtAmount", "1e400", "not_an_amount", "is not an amount like 1234.56")]
    [InlineData("debtAmount", "nan", "not_an_amount", "is not an amount like 1234.56")]
    [InlineData("debtAmount", "1.000.00", "not_an_amount", "is not an amount like 1234.56")]
    [InlineData("debtAmount", "1.", "not_an_amount", "is not an amount like 1234.56")]
    [InlineData("debtAmount", ".5", "not_an_amount", "is not an amount like 1234.56")]
    [InlineData("debtAmount", "+5", "not_an_amount", "is not an amount like 1234.56")]
    [InlineData("debtAmount", "-", "not_an_amount", "is not an amount like 1234.56")]
    [InlineData("debtAmount", "١٢", "not_an_amount", "is not an amount like 1234.56")]
    [InlineData("debtAmount", "1.001", "too_many_decimals", "has more than two decimals")]
    [InlineData("debtAmount", "", "missing", "is missing")]
    [InlineData("debtDueDate", "2022-02-30", "not_a_date", "is not a date like 2026-12-31")]
    [InlineData("debtDueDate", "2022-13-01", "not_a_date", "is not a date like 2026-12-31")]
    [InlineData("debtDueDate", "0000-01-01", "not_a_date", "is not a date like 2026-12-31")]
    [InlineData("debtDueDate", "31/12/2026", "not_a_date", "is not a date like 2026-12-31")]
    [InlineData("debtDueDate", "2022-10-12T00:00", "not_a_date", "is not a date like 2026-12-31")]
    [InlineData("debtDueDate", "", "missing", "is missing")]
    [InlineData("debtId", " ", "missing", "is missing")]
    [InlineData("name", "", "missing", "is missing")]
    [InlineData("name", "A\0B", "control_character", "has a line break or another control character")]
    [InlineData("email", "\"a@b\r\nBcc: c@d\"", "control_character", "has a line break or another control character")]
    [InlineData("governmentId", "12x#", "not_a_government_id", "has other characters than those of a CPF or CNPJ")]
    public async Task A_wrong_value_is_reported_with_line_field_and_reason(string field, string value, string code, string reason)
    {
        var columns = Header.Split(',');
        var cells = Row.Split(',');
        cells[Array.IndexOf(columns, field)] = value;
        var (debts, problems) = await ReadAsync($"{Header}\n{Row}\n{string.Join(',', cells)}\n{Row}\n");

        Assert.Equal(2, debts.Count);
        var shown = value.Trim().Trim('"').Replace('\0', '\u2400');
        Assert.Equal([new RowProblem(3, field, shown, new RowReason(code, reason))], problems);
    }

    [Fact]
    public async Task All_problems_of_a_row_are_reported()
    {
        var (_, problems) = await ReadAsync($"{Header}\n,,,,,\n");
        Assert.Equal(["debtId", "name", "debtAmount", "debtDueDate"], problems.Select(problem => problem.Field));
    }

    [Theory]
    [InlineData("0.01", "0.01")]
    [InlineData("99999999.99", "99999999.99")]
    [InlineData("00000000000012,5", "12.50")]
    public async Task Amounts_keep_their_cents(string text, string amount)
    {
        var (debts, problems) = await ReadAsync($"{Header}\n{Row.Replace("1000000.00", $"\"{text}\"", StringComparison.Ordinal)}\n");
        Assert.Empty(problems);
        Assert.Equal(amount, debts.Single().Amount.ToString("0.00", CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Lines_are_counted_across_quoted_line_breaks()
    {
        var (debts, problems) = await ReadAsync($"{Header},note\n{Row},\"a\nb\r\nc\rd\"\n{Row},x\n");
        Assert.Empty(problems);
        Assert.Equal([2, 6], debts.Select(debt => debt.Line));
    }

    [Fact]
    public async Task A_quote_that_is_never_closed_costs_one_row()
    {
        var (debts, problems) = await ReadAsync($"{Header}\n{Row}\n\"{Row}\n{Row}\n{Row}\n");
        Assert.Equal([2, 4, 5], debts.Select(debt => debt.Line));
        Assert.Equal((3L, "a quote is opened and not closed"), (problems.Single().Line, problems.Single().Reason.Text));

        // The same far from the end of the file, where the reader gives up at its limit.
        var rows = string.Concat(Enumerable.Repeat(Row + "\n", 5000));
        (debts, problems) = await ReadAsync($"{Header}\n\"{Row}\n{rows}");
        Assert.Equal(Enumerable.Range(3, 5000).Select(line => (long)line), debts.Select(debt => debt.Line));
        Assert.Equal("a quote is opened and not closed", problems.Single().Reason.Text);
    }

    [Fact]
    public async Task Text_after_a_quote_and_surplus_cells_cost_one_row()
    {
        var (debts, problems) = await ReadAsync($"{Header}\n\"John\" Doe,1,a@b,1.00,2026-01-01,a\n{Row},more\n{Row}\n");
        Assert.Equal([4], debts.Select(debt => debt.Line));
        Assert.Equal(["there is text after a closing quote", "the row has 7 cells and the header 6"], problems.Select(problem => problem.Reason.Text));
    }

    [Fact]
    public async Task A_line_of_100_MB_costs_one_row_and_no_memory()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        await using var stream = new RepeatedStream($"{Header}\n{Row}\n", "0123456789", 10_000_000, $"\r\n{Row}\r\n");
        var (debts, problems) = await ReadAsync(stream);

        Assert.Equal([2, 4], debts.Select(debt => debt.Line));
        Assert.Equal((3L, "the line is longer than 65536 bytes"), (problems.Single().Line, problems.Single().Reason.Text));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000_000);
    }

    [Fact]
    public async Task Windows_1252_and_UTF_8_give_the_same_names()
    {
        var file = $"{Header}\n{Row.Replace("John Doe", "João Ação €", StringComparison.Ordinal)}\n";
        var windows = CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(file);

        Assert.Equal("João Ação €", (await ReadAsync(file)).Debts.Single().Name);
        Assert.Equal("João Ação €", (await ReadAsync(windows)).Debts.Single().Name);
    }

    [Fact]
    public async Task A_broken_character_in_a_UTF_8_file_costs_one_row()
    {
        byte[] file = [.. Encoding.UTF8.GetBytes($"{Header}\n{Row.Replace("John", "João", StringComparison.Ordinal)}\n"), 0xFF, .. Encoding.UTF8.GetBytes($"{Row}\n{Row}\n")];
        var (debts, problems) = await ReadAsync(file);

        Assert.Equal([2, 4], debts.Select(debt => debt.Line));
        Assert.Equal((3L, "name", "is not valid UTF-8"), (problems.Single().Line, problems.Single().Field, problems.Single().Reason.Text));
    }

    [Fact]
    public async Task Reading_goes_on_where_it_stopped()
    {
        var random = new Random(7);
        var file = Encoding.UTF8.GetBytes($"{Header},note\r\n" + string.Concat(Enumerable.Range(0, 500).Select(i =>
            $"Nome ação {i},{i},a{i}@b,{i + 1}.5,2026-01-01,d{i},{(random.Next(3) == 0 ? "\"x\r\ny\"" : "z")}{(random.Next(2) == 0 ? "\r\n" : "\n")}{(i == 250 ? "bad\n" : "")}")));
        var whole = await ReadAsync(file);
        Assert.Equal((500, 3), (whole.Debts.Count, whole.Problems.Count));

        var debts = new List<DebtRow>();
        var problems = new List<RowProblem>();
        using var first = await BoletoCsv.OpenAsync(new MemoryStream(file), CsvEncoding.Utf8, default);
        var (layout, position, line) = (first.Layout, first.Position, first.NextLine);
        while (position < file.Length)
        {
            using var part = BoletoCsv.Continue(new MemoryStream(file[(int)position..]), CsvEncoding.Utf8, layout, position, line);
            for (var rows = random.Next(1, 9); rows > 0 && await part.ReadAsync(default); rows--)
            {
                Add(part, debts, problems);
            }

            (position, line) = (part.Position, part.NextLine);
        }

        Assert.Equal(whole.Debts, debts);
        Assert.Equal(whole.Problems, problems);
    }

    [Fact]
    public async Task The_size_of_the_reads_does_not_matter()
    {
        var file = Encoding.UTF8.GetBytes($"\uFEFF{Header}\r\n{Row}\r\n\"{Row.Replace(",", "\",\"", StringComparison.Ordinal)}\"\r\n" + string.Concat(Enumerable.Repeat($"{Row}\r", 2000)));
        var whole = await ReadAsync(file);
        Assert.Equal(2002, whole.Debts.Count);
        foreach (var size in (int[])[1, 2, 3, 7, 4096, 16 * 1024])
        {
            await using var stream = new RepeatedStream(file, size);
            Assert.Equal(whole.Debts, (await ReadAsync(stream)).Debts);
        }
    }

    [Fact]
    public async Task Random_bytes_never_break_the_reader_and_always_end()
    {
        byte[] alphabet = [.. ",;\"\r\n \0=-'"u8, .. "abc1230.9-"u8, 0xC3, 0xA3, 0xFF, 0x81];
        for (var seed = 0; seed < 1000; seed++)
        {
            var random = new Random(seed);
            var noise = random.GetItems(alphabet, random.Next(0, 3000));
            byte[] file = [.. Encoding.UTF8.GetBytes(Header + "\n"), .. noise, .. Encoding.UTF8.GetBytes($"\n{Row}\n{Row}\n")];
            using var csv = await BoletoCsv.OpenAsync(new MemoryStream(file), CsvEncoding.Utf8, default);
            var last = 1L;
            while (await csv.ReadAsync(default))
            {
                Assert.True(csv.NextLine > last, $"seed {seed}");
                last = csv.NextLine;
                Assert.Equal(6, csv.KeptCells().Length);
            }

            Assert.Equal(file.Length, csv.Position);
        }
    }

    [Fact]
    public async Task A_formula_is_neutral_in_the_correction_and_comes_back_as_it_was()
    {
        const string name = "=cmd|'/c calc'!A1";
        var (debts, _) = await ReadAsync($"{Header}\n{Row.Replace("John Doe", name, StringComparison.Ordinal)}\n");
        Assert.Equal(name, debts.Single().Name);
        Assert.Equal("'" + name, SpreadsheetText.Cell(name));

        (debts, _) = await ReadAsync($"{Header}\n{Row.Replace("John Doe", SpreadsheetText.Cell(name), StringComparison.Ordinal)}\n");
        Assert.Equal(name, debts.Single().Name);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a \"b\"", "\"a \"\"b\"\"\"")]
    [InlineData("-5", "'-5")]
    [InlineData("+5", "'+5")]
    [InlineData("@x", "'@x")]
    [InlineData("\tx", "\"'\tx\"")]
    [InlineData(" x", "\" x\"")]
    public void Cells_are_quoted_and_neutral(string text, string cell) => Assert.Equal(cell, SpreadsheetText.Cell(text));

    [Theory]
    [InlineData("111.444.777-35", true)]
    [InlineData("11144477735", true)]
    [InlineData("11144477734", false)]
    [InlineData("11111111111", false)]
    [InlineData("1234", false)]
    [InlineData("", false)]
    [InlineData("11.222.333/0001-81", true)]
    [InlineData("11.222.333/0001-80", false)]
    [InlineData("12.ABC.345/01DE-35", true)]
    [InlineData("12.ABC.345/01DE-36", false)]
    public void Check_digits_of_CPF_and_CNPJ_are_verified(string text, bool valid) => Assert.Equal(valid, TaxId.IsValid(text));

    private static Task<(List<DebtRow> Debts, List<RowProblem> Problems)> ReadAsync(string file) => ReadAsync(Encoding.UTF8.GetBytes(file));

    private static Task<(List<DebtRow> Debts, List<RowProblem> Problems)> ReadAsync(byte[] file)
    {
        var probe = new CsvEncodingProbe();
        foreach (var block in file.Chunk(7))
        {
            probe.Add(block);
        }

        return ReadAsync(new MemoryStream(file), probe.Encoding);
    }

    private static async Task<(List<DebtRow> Debts, List<RowProblem> Problems)> ReadAsync(Stream stream, CsvEncoding encoding = CsvEncoding.Utf8)
    {
        using var csv = await BoletoCsv.OpenAsync(stream, encoding, default);
        var debts = new List<DebtRow>();
        var problems = new List<RowProblem>();
        while (await csv.ReadAsync(default))
        {
            Add(csv, debts, problems);
        }

        return (debts, problems);
    }

    private static void Add(BoletoCsv csv, List<DebtRow> debts, List<RowProblem> problems)
    {
        problems.AddRange(csv.Problems);
        if (csv.Problems.Count == 0)
        {
            debts.Add(csv.Debt);
        }
    }
}
