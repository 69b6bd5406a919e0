using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Net.Mail;
using System.Text;

namespace Pamps.ApiService.Features.Billing;

/// <summary>
/// A mail as the bytes of an <c>.eml</c> file: text and HTML as alternatives of each other, then the attachments, each
/// part in base64, so that no line is too long and none can be taken for a boundary. The library writes mails to files
/// too, but a stream of single bytes makes that dearer than drawing the boleto, and a million mails take it to heart.
/// Sources: RFC 5322 (headers), RFC 2045 and 2046 (parts), RFC 2047 (words of other alphabets).
/// </summary>
internal static class MailFile
{
    /// <summary>Bytes of a line of base64, which makes 76 characters of them.</summary>
    private const int BytesOfLine = 57;

    /// <summary>Bytes of an encoded word, which with its marks stays below 75 characters.</summary>
    private const int BytesOfWord = 42;

    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 !#$%&'*+-/^_`{|}~");

    /// <summary>Writes the mail.</summary>
    /// <param name="file">Where to.</param>
    /// <param name="message">The mail: a text, alternatives of it, attachments; one sender, one receiver.</param>
    /// <param name="key">Makes the boundaries.</param>
    /// <param name="date">When it is sent.</param>
    public static void Write(IBufferWriter<byte> file, MailMessage message, string key, DateTimeOffset date)
    {
        var (sender, receiver) = (message.From!, message.To.Single());

        // The envelope, for whoever picks the file up and sends it on.
        Line(file, $"X-Sender: {sender.Address}");
        Line(file, $"X-Receiver: {receiver.Address}");
        Line(file, "MIME-Version: 1.0");
        Line(file, $"From: {Address(sender)}");
        Line(file, $"To: {Address(receiver)}");
        Line(file, string.Create(CultureInfo.InvariantCulture, $"Date: {date.UtcDateTime:ddd, dd MMM yyyy HH:mm:ss} +0000"));
        Line(file, $"Subject: {Words(message.Subject)}");
        foreach (var name in message.Headers.AllKeys)
        {
            Line(file, $"{name}: {message.Headers[name]}");
        }

        // "=_" occurs in no base64.
        var (mixed, alternative) = ($"=_mixed_{key}", $"=_alternative_{key}");
        Line(file, $"Content-Type: multipart/mixed; boundary=\"{mixed}\"");
        Line(file, $"\r\n--{mixed}");
        Line(file, $"Content-Type: multipart/alternative; boundary=\"{alternative}\"");
        Line(file, $"\r\n--{alternative}");
        Part(file, "text/plain; charset=utf-8", null, Encoding.UTF8.GetBytes(message.Body));
        foreach (var view in message.AlternateViews)
        {
            Line(file, $"\r\n--{alternative}");
            Part(file, $"{view.ContentType.MediaType}; charset=utf-8", null, Bytes(view));
        }

        Line(file, $"\r\n--{alternative}--");
        foreach (var attachment in message.Attachments)
        {
            Line(file, $"\r\n--{mixed}");
            Part(file, attachment.ContentType.MediaType, attachment.Name, Bytes(attachment));
        }

        Line(file, $"\r\n--{mixed}--");
    }

    private static void Part(IBufferWriter<byte> file, string type, string? name, ReadOnlySpan<byte> content)
    {
        Line(file, name is null ? $"Content-Type: {type}" : $"Content-Type: {type}; name=\"{name}\"");
        Line(file, "Content-Transfer-Encoding: base64");
        if (name is not null)
        {
            Line(file, $"Content-Disposition: attachment; filename=\"{name}\"");
        }

        Line(file, "");
        while (!content.IsEmpty)
        {
            var piece = content[..Math.Min(content.Length, BytesOfLine)];
            var span = file.GetSpan(Base64.GetMaxEncodedToUtf8Length(BytesOfLine) + 2);
            Base64.EncodeToUtf8(piece, span, out _, out var written);
            "\r\n"u8.CopyTo(span[written..]);
            file.Advance(written + 2);
            content = content[piece.Length..];
        }
    }

    private static byte[] Bytes(AttachmentBase part)
    {
        using var bytes = new MemoryStream();
        part.ContentStream.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>Everything but names and subjects is ASCII: the address type refuses other addresses, and who composes mails writes no others.</summary>
    private static void Line(IBufferWriter<byte> file, string text)
    {
        var span = file.GetSpan(text.Length + 2);
        var length = Encoding.ASCII.GetBytes(text, span);
        "\r\n"u8.CopyTo(span[length..]);
        file.Advance(length + 2);
    }

    private static string Address(MailAddress address) =>
        address.DisplayName.Length == 0 ? address.Address : $"{Words(address.DisplayName)}\r\n <{address.Address}>";

    /// <summary>Text as it may stand in a header: as it is when it is plain and short, else in encoded words, which hide whatever would have a meaning there.</summary>
    private static string Words(string text)
    {
        if (text.Length <= BytesOfWord && !text.AsSpan().ContainsAnyExcept(Plain))
        {
            return text;
        }

        var words = new StringBuilder();
        Span<byte> word = stackalloc byte[BytesOfWord];
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (length + rune.Utf8SequenceLength > BytesOfWord)
            {
                Append(words, word[..length]);
                length = 0;
            }

            length += rune.EncodeToUtf8(word[length..]);
        }

        Append(words, word[..length]);
        return words.ToString();

        static void Append(StringBuilder words, ReadOnlySpan<byte> word) =>
            words.Append(words.Length > 0 ? "\r\n " : "").Append("=?utf-8?B?").Append(Convert.ToBase64String(word)).Append("?=");
    }
}
