using System.Buffers;
using System.Text;

namespace Pamps.ApiService.Features.Billing;

/// <summary>
/// Tells the encoding of a file from all its bytes, block by block. Letters of Windows-1252 are hardly ever valid UTF-8,
/// so a file is Windows-1252 when its bytes above 127 are more often invalid than valid UTF-8; a file with a byte-order
/// mark, or one that is UTF-8 with a broken row here and there, stays UTF-8 and the rows are reported.
/// </summary>
internal sealed class CsvEncodingProbe
{
    private readonly byte[] _carried = new byte[4];
    private int _carriedLength;
    private bool _started;
    private bool _marked;

    /// <summary>Characters of more than one byte so far.</summary>
    public long Valid { get; private set; }

    /// <summary>Bytes so far that are no UTF-8.</summary>
    public long Invalid { get; private set; }

    public CsvEncoding Encoding => _marked || Invalid + _carriedLength <= Valid ? CsvEncoding.Utf8 : CsvEncoding.Windows1252;

    public void Add(ReadOnlySpan<byte> block)
    {
        if (!_started)
        {
            _marked = block.StartsWith("\uFEFF"u8);
            _started = block.Length > 0;
        }

        if (_carriedLength > 0)
        {
            // A character cut by the end of the last block: at most three bytes, completed by the start of this one.
            Span<byte> joined = stackalloc byte[8];
            _carried.AsSpan(0, _carriedLength).CopyTo(joined);
            var taken = Math.Min(4, block.Length);
            block[..taken].CopyTo(joined[_carriedLength..]);
            var status = Rune.DecodeFromUtf8(joined[..(_carriedLength + taken)], out _, out var consumed);
            if (status == OperationStatus.NeedMoreData)
            {
                block[..taken].CopyTo(_carried.AsSpan(_carriedLength));
                _carriedLength += taken;
                return;
            }

            Count(status, consumed);
            var fromBlock = Math.Max(0, consumed - _carriedLength);
            _carriedLength = 0;
            block = block[fromBlock..];
        }

        while (true)
        {
            var i = block.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            if (i < 0)
            {
                return;
            }

            block = block[i..];
            var status = Rune.DecodeFromUtf8(block, out _, out var consumed);
            if (status == OperationStatus.NeedMoreData)
            {
                block.CopyTo(_carried);
                _carriedLength = block.Length;
                return;
            }

            Count(status, consumed);
            block = block[consumed..];
        }
    }

    private void Count(OperationStatus status, int consumed)
    {
        if (status == OperationStatus.Done)
        {
            Valid++;
        }
        else
        {
            Invalid += consumed;
        }
    }
}
