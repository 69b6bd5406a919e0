using System.Buffers;
using System.Globalization;

namespace Pamps.ApiService.Features.Billing;

/// <summary>
/// Writes the operators of a PDF content stream (PDF 1.4, chapter 4 and 5). Numbers have two decimals, a hundredth of a
/// point being 0.0035 mm; bars and modules are whole numbers under a matrix, so that their edges meet exactly.
/// </summary>
internal sealed class PdfCanvas(ArrayBufferWriter<byte> stream) : IBoletoCanvas
{
    private const double PointsPerMillimetre = 72 / 25.4;
    private const double PageHeight = 297 * PointsPerMillimetre;

    public void Line(double x1, double y1, double x2, double y2, double width)
    {
        Number(width * PointsPerMillimetre);
        Write("w "u8);
        Point(x1, y1);
        Write("m "u8);
        Point(x2, y2);
        Write("l S\n"u8);
    }

    public void DashedLine(double x1, double x2, double y)
    {
        Write("[3 3] 0 d "u8);
        Line(x1, y, x2, y, 0.2);
        Write("[] 0 d\n"u8);
    }

    public void Text(double x, double y, double size, string text, bool bold = false, bool endsAtX = false)
    {
        if (endsAtX)
        {
            x -= HelveticaWidths.Measure(text, size, bold) / PointsPerMillimetre;
        }

        Write(bold ? "BT /F2 "u8 : "BT /F1 "u8);
        Number(size);
        Write("Tf "u8);
        Point(x, y);
        Write("Td ("u8);
        var span = stream.GetSpan(text.Length * 2);
        var length = 0;
        foreach (var c in text)
        {
            var b = HelveticaWidths.Encode(c);
            if (b is (byte)'(' or (byte)')' or (byte)'\\')
            {
                span[length++] = (byte)'\\';
            }

            span[length++] = b;
        }

        stream.Advance(length);
        Write(") Tj ET\n"u8);
    }

    public void Bars(double x, double y, double width, double height, int modules, List<(int Start, int Width)> bars)
    {
        BeginMatrix(x, y + height, width / modules, height);
        foreach (var (start, barWidth) in bars)
        {
            Rectangle(start, 0, barWidth);
        }

        Write("f Q\n"u8);
    }

    public void Matrix(double x, double y, double size, QrMatrix modules)
    {
        var module = size / modules.Size;
        BeginMatrix(x, y + size, module, module);
        for (var row = 0; row < modules.Size; row++)
        {
            foreach (var (start, length) in modules.Runs(row))
            {
                Rectangle(start, modules.Size - 1 - row, length);
            }
        }

        // One path and one fill: separate fills of touching rectangles would show hairlines on some screens.
        Write("f Q\n"u8);
    }

    private void BeginMatrix(double x, double y, double scaleX, double scaleY)
    {
        Write("q "u8);
        Number(scaleX * PointsPerMillimetre, decimals: 5);
        Write("0 0 "u8);
        Number(scaleY * PointsPerMillimetre, decimals: 5);
        Point(x, y);
        Write("cm\n"u8);
    }

    private void Rectangle(int x, int y, int width)
    {
        Integer(x);
        Integer(y);
        Integer(width);
        Write("1 re\n"u8);
    }

    private void Point(double x, double y)
    {
        Number(x * PointsPerMillimetre);
        Number(PageHeight - (y * PointsPerMillimetre));
    }

    private void Integer(int value)
    {
        var span = stream.GetSpan(12);
        value.TryFormat(span, out var written, provider: CultureInfo.InvariantCulture);
        span[written] = (byte)' ';
        stream.Advance(written + 1);
    }

    private void Number(double value, int decimals = 2)
    {
        var scale = 1;
        for (var i = 0; i < decimals; i++)
        {
            scale *= 10;
        }

        // By hand: this is most of what a page costs, and no number here is negative.
        var scaled = (long)Math.Round(value * scale);
        var span = stream.GetSpan(32);
        (scaled / scale).TryFormat(span, out var written, provider: CultureInfo.InvariantCulture);
        var fraction = (int)(scaled % scale);
        if (fraction != 0)
        {
            span[written++] = (byte)'.';
            for (var digit = scale / 10; digit > 0 && fraction > 0; digit /= 10)
            {
                span[written++] = (byte)('0' + (fraction / digit));
                fraction %= digit;
            }
        }

        span[written++] = (byte)' ';
        stream.Advance(written);
    }

    private void Write(ReadOnlySpan<byte> bytes) => stream.Write(bytes);
}
