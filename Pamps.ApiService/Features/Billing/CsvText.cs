using System.Text;
using System.Text.Unicode;

namespace Pamps.ApiService.Features.Billing;

/// <summary>Turns the bytes of a cell into text.</summary>
internal static class CsvText
{
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

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
