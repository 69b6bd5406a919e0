using System.Collections;
using QRCoder;

namespace Pamps.ApiService.Features.Billing;

/// <summary>A QR code (ISO/IEC 18004) with error correction M and its quiet zone of four modules on every side.</summary>
internal sealed class QrMatrix
{
    private readonly List<BitArray> _rows;

    private QrMatrix(List<BitArray> rows) => _rows = rows;

    /// <summary>Modules on a side, quiet zone included.</summary>
    public int Size => _rows.Count;

    public static QrMatrix Of(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        return new QrMatrix(data.ModuleMatrix);
    }

    /// <summary>The dark runs of a row, each with its first module and its length.</summary>
    public IEnumerable<(int Start, int Length)> Runs(int row)
    {
        var bits = _rows[row];
        for (var x = 0; x < bits.Length; x++)
        {
            if (bits[x])
            {
                var start = x;
                while (x < bits.Length && bits[x])
                {
                    x++;
                }

                yield return (start, x - start);
            }
        }
    }
}
