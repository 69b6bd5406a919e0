using System.Globalization;
using System.Text.RegularExpressions;
using Pamps.ApiService.Features.Billing;

namespace Pamps.Tests.Features.Billing;

/// <summary>The page as a scanner, a text reader and a ruler see it.</summary>
public sealed partial class BoletoPdfTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("boleto-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_scanner_reads_bars_and_QR_code()
    {
        foreach (var (sequence, amount) in ((long, decimal)[])[(1, 0.01m), (157, 1234.56m), (99_999_999, 99_999_999.99m)])
        {
            var boleto = SampleBoleto.Of(sequence, amount);
            var page = await RasteriseAsync(boleto);
            var found = await CommandLine.RunAsync("zbarimg", "--quiet", page);

            Assert.Contains($"I2/5:{boleto.Number.Barcode}\n", found, StringComparison.Ordinal);
            Assert.Contains($"QR-Code:{boleto.Pix}\n", found, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Everything_prescribed_is_there_as_text()
    {
        var boleto = SampleBoleto.Of();
        var text = await TextAsync(boleto);

        string[] expected =
        [
            "Recibo do Pagador", "Autenticação Mecânica – Ficha de Compensação", "341-7", "Banco Itaú S.A.", boleto.Number.PrintedLine,
            "31/12/2026", "21/11/2026", "109/00000157-1", "0293 / 01328-0", "1.234,56", "Cobrança Ágil Serviços Ltda.", "12.345.678/0001-95",
            "Rua das Acácias, 1200", boleto.DocumentNumber, "João da Conceição & Filhos (ME)", "111.111.111-11", "Não receber após 30/03/2027.",
            "Local de pagamento", "Agência / Código do Beneficiário", "Nosso número", "Espécie doc.", "Aceite", "Uso do banco", "Sacador / Avalista",
            "(-) Desconto / Abatimento", "(+) Juros / Multa", "(=) Valor cobrado",
        ];
        Assert.All(expected, part => Assert.Contains(part, text, StringComparison.Ordinal));

        // The number stands on both parts, and the copied Pix code is whole once its lines are joined.
        Assert.Equal(2, Regex.Count(text, Regex.Escape(boleto.Number.PrintedLine)));
        Assert.Contains(boleto.Pix!, text.Replace("\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_Pix_key_there_is_no_Pix()
    {
        var text = await TextAsync(SampleBoleto.Of() with { Pix = null });
        Assert.DoesNotContain("Pix", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_and_endless_names_stay_text_on_one_page()
    {
        var boleto = SampleBoleto.Of(payer: string.Concat("\\) Tj ET (", "名 ", new string('W', 500)));
        var text = await TextAsync(boleto);

        Assert.Contains("\\) Tj ET (", text, StringComparison.Ordinal);
        Assert.Contains("W…", text, StringComparison.Ordinal);
        Assert.Single(text.Split('\f', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Bars_have_the_prescribed_size_and_place()
    {
        // 300 dots an inch, white above 127; the bars are the only black that is 13 mm high below the grid.
        var (width, height, pixels) = ReadGreyscale(await RasteriseAsync(SampleBoleto.Of(), "-gray"));
        static double Millimetres(int dots) => dots * 25.4 / 300;

        Assert.Equal((2481, 3508), (width, height));
        var lowest = Enumerable.Range(0, height).Last(y => Enumerable.Range(0, width).Any(x => pixels[(y * width) + x] < 128));
        var columns = Enumerable.Range(0, width).Where(x => pixels[((lowest - 60) * width) + x] < 128).ToList();
        var top = lowest;
        while (pixels[((top - 1) * width) + columns[0]] < 128)
        {
            top--;
        }

        Assert.InRange(Millimetres(columns[^1] - columns[0] + 1), 102.8, 103.2);
        Assert.InRange(Millimetres(lowest - top + 1), 12.8, 13.2);
        Assert.True(Millimetres(columns[0]) >= 10 + 5, "at least 5 mm from the left edge of the ficha");
        Assert.True(Millimetres(height - ((lowest + top) / 2)) >= 12, "centre at least 12 mm above the lower edge");
        Assert.InRange(297 - BoletoLayout.CutAt, 95, 108);
    }

    [Fact]
    public void The_same_boleto_has_the_same_bytes()
    {
        Assert.Equal(BoletoPdf.Write(SampleBoleto.Of()), BoletoPdf.Write(SampleBoleto.Of()));
        Assert.NotEqual(BoletoPdf.Write(SampleBoleto.Of()), BoletoPdf.Write(SampleBoleto.Of(158)));
    }

    [Fact]
    public void Cross_references_point_at_their_objects()
    {
        var file = System.Text.Encoding.Latin1.GetString(BoletoPdf.Write(SampleBoleto.Of()));
        var start = int.Parse(StartXref().Match(file).Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.Equal("xref", file.Substring(start, 4));
        var offsets = XrefEntry().Matches(file[start..]).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).ToList();

        Assert.Equal(8, offsets.Count);
        Assert.All(offsets.Index(), entry => Assert.StartsWith($"{entry.Index + 1} 0 obj", file[entry.Item..], StringComparison.Ordinal));
    }

    private async Task<string> RasteriseAsync(BoletoDocument boleto, string format = "-png")
    {
        var name = Path.Combine(_folder.FullName, boleto.Number.Barcode);
        await File.WriteAllBytesAsync(name + ".pdf", BoletoPdf.Write(boleto));
        await CommandLine.RunAsync("pdftoppm", "-r", "300", "-singlefile", format, name + ".pdf", name);
        return name + (format == "-png" ? ".png" : ".pgm");
    }

    private async Task<string> TextAsync(BoletoDocument boleto)
    {
        var name = Path.Combine(_folder.FullName, "text.pdf");
        await File.WriteAllBytesAsync(name, BoletoPdf.Write(boleto));
        return await CommandLine.RunAsync("pdftotext", "-raw", name, "-");
    }

    private static (int Width, int Height, byte[] Pixels) ReadGreyscale(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var header = PgmHeader().Match(System.Text.Encoding.Latin1.GetString(bytes, 0, 40));
        var (width, height) = (int.Parse(header.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(header.Groups[2].Value, CultureInfo.InvariantCulture));
        return (width, height, bytes[^(width * height)..]);
    }

    [GeneratedRegex(@"startxref\n(\d+)\n%%EOF\n$")]
    private static partial Regex StartXref();

    [GeneratedRegex(@"(\d{10}) 00000 n \n")]
    private static partial Regex XrefEntry();

    [GeneratedRegex(@"^P5\s+(\d+)\s+(\d+)\s+255\s")]
    private static partial Regex PgmHeader();
}
