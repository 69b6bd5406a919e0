using System.Globalization;
using System.Text;
using QRCoder;

namespace Pamps.Web.Components.Billing;

/// <summary>A Pix code as a QR code (ISO/IEC 18004, error correction M, which the Pix manual asks for).</summary>
internal static class QrSquares
{
    /// <summary>The dark modules as an SVG path, with the quiet zone, and the width.</summary>
    public static (string Path, int Width) Draw(string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var path = new StringBuilder();
        for (var y = 0; y < code.ModuleMatrix.Count; y++)
        {
            var row = code.ModuleMatrix[y];
            for (var x = 0; x < row.Length; x++)
            {
                var start = x;
                while (x < row.Length && row[x])
                {
                    x++;
                }

                if (x > start)
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{start} {y}h{x - start}v1h-{x - start}z");
                }
            }
        }

        return (path.ToString(), code.ModuleMatrix.Count);
    }
}
