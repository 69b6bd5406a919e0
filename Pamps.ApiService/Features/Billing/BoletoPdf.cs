using System.Buffers;
using System.IO.Compression;
using System.Text;

namespace Pamps.ApiService.Features.Billing;

/// <summary>
/// A boleto as a PDF 1.4 file of one page: a catalogue, a page, two of the standard fonts and two content streams. The
/// first stream (lines and labels) is the same on every boleto and packed once; the second has the values, the bars and
/// the QR code. Nothing in the file depends on the clock, so the same boleto always gives the same bytes.
/// Source: Adobe, PDF Reference, third edition (PDF 1.4).
/// </summary>
internal static class BoletoPdf
{
    /// <summary>The media type of what <see cref="Write"/> returns.</summary>
    public const string ContentType = "application/pdf";

    private static readonly byte[] Form = Pack(BoletoLayout.DrawForm);

    public static byte[] Write(BoletoDocument boleto)
    {
        var values = Pack(canvas => BoletoLayout.DrawValues(canvas, boleto));
        var file = new ArrayBufferWriter<byte>(Form.Length + values.Length + 1500);
        var offsets = new List<int>();

        // The second line has four bytes above 127, which tells transfer programs that the file is binary.
        file.Write("%PDF-1.4\n%\u00E2\u00E3\u00CF\u00D3\n"u8);
        Object("<< /Type /Catalog /Pages 2 0 R /Lang (pt-BR) /ViewerPreferences << /DisplayDocTitle true >> >>");
        Object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
        Object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595.28 841.89] /Contents [6 0 R 7 0 R] /Resources << /ProcSet [/PDF /Text] /Font << /F1 4 0 R /F2 5 0 R >> >> >>");
        Object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
        Object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>");
        Stream(Form);
        Stream(values);
        Object("<< /Title (Boleto) /Creator (Pamps) /Producer (Pamps) >>");

        var start = file.WrittenCount;
        Text($"xref\n0 {offsets.Count + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets)
        {
            Text($"{offset:D10} 00000 n \n");
        }

        Text($"trailer\n<< /Size {offsets.Count + 1} /Root 1 0 R /Info 8 0 R >>\nstartxref\n{start}\n%%EOF\n");
        return file.WrittenSpan.ToArray();

        void Object(string content)
        {
            offsets.Add(file.WrittenCount);
            Text($"{offsets.Count} 0 obj\n{content}\nendobj\n");
        }

        void Stream(byte[] content)
        {
            offsets.Add(file.WrittenCount);
            Text($"{offsets.Count} 0 obj\n<< /Length {content.Length} /Filter /FlateDecode >>\nstream\n");
            file.Write(content);
            Text("\nendstream\nendobj\n");
        }

        // Integers only: no culture writes them differently.
        void Text(string text) => file.Advance(Encoding.ASCII.GetBytes(text, file.GetSpan(text.Length)));
    }

    private static byte[] Pack(Action<IBoletoCanvas> draw)
    {
        var stream = new ArrayBufferWriter<byte>(32 * 1024);
        draw(new PdfCanvas(stream));
        using var packed = new MemoryStream(8 * 1024);
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest))
        {
            zlib.Write(stream.WrittenSpan);
        }

        return packed.ToArray();
    }
}
