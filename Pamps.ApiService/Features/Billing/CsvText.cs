using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Pamps.ApiService.Features.Billing;

/// <summary>Turns the bytes of a cell into text.</summary>
internal static class CsvText
{
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>Into a buffer, which has room for a character a byte. False when the bytes are not text of that encoding.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, CsvEncoding encoding, Span<char> text, out int length)
    {
        if (Ascii.ToUtf16(bytes, text, out length) is OperationStatus.Done)
        {
            return true;
        }

        if (encoding == CsvEncoding.Windows1252)
        {
            length = Windows1252.GetChars(bytes, text);
            return true;
        }

        return Utf8.ToUtf16(bytes, text, out _, out length, replaceInvalidSequences: false) is OperationStatus.Done;
    }

    /// <summary>False when the bytes are not text of that encoding; the text then has replacement characters.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, CsvEncoding encoding, out string text)
    {
        if (Ascii.IsValid(bytes))
        {
            text = Encoding.ASCII.GetString(bytes);
            return true;
        }

        if (encoding == CsvEncoding.Windows1252)
        {
            text = Windows1252.GetString(bytes);
            return true;
        }

        text = Encoding.UTF8.GetString(bytes);
        return Utf8.IsValid(bytes);
    }
}
