using System.Buffers;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using System.Text.RegularExpressions;
using Pamps.ApiService.Features.Billing;

namespace Pamps.Tests.Features.Billing;

/// <summary>Mails as files, read back by the rules of RFC 5322, 2045 and 2047.</summary>
public sealed class MailFileTests
{
    private static readonly DateTimeOffset Date = new(2026, 12, 1, 9, 5, 7, TimeSpan.FromHours(-3));

    [Theory]
    [InlineData("Maria Souza", "Maria Souza")]
    [InlineData("José da Conceição", null)]
    [InlineData("Eve\" <eve@x.example>, Bcc: all@x.example", null)]
    [InlineData("=?utf-8?B?RXZl?=", null)]
    [InlineData("João 👩🏽‍🌾 Açucena Ñandú Łukasz Ünal de Vasconcelos e Albuquerque Cavalcanti de Bragança e Orleães, filho e herdeiro único", null)]
    public void A_name_comes_back_as_it_was(string name, string? written)
    {
        var (headers, _) = Split(Write(name));

        Assert.Equal($"{written ?? Encoded(headers["To"])} <to@mail.example>", Regex.Replace(headers["To"], @"\s+", " "));
        Assert.Equal(name, written ?? Decode(headers["To"]));
        Assert.Equal("Boleto disponível", Decode(headers["Subject"]));
    }

    [Fact]
    public void The_headers_are_those_of_the_mail_and_no_others()
    {
        var file = Write("Maria\"Souza");
        var (headers, _) = Split(file);

        Assert.Equal(["X-Sender", "X-Receiver", "MIME-Version", "From", "To", "Date", "Subject", "Message-ID", "Content-Type"], headers.Keys);
        Assert.Equal(("from@agil.example", "to@mail.example", "from@agil.example"), (headers["X-Sender"], headers["X-Receiver"], headers["From"]));
        Assert.Equal("Tue, 01 Dec 2026 12:05:07 +0000", headers["Date"]);
        Assert.Equal("<abc@agil.example>", headers["Message-ID"]);
        Assert.All(file.Split("\r\n"), line => Assert.InRange(line.Length, 0, 78));
        Assert.DoesNotContain('\n', file.Replace("\r\n", "", StringComparison.Ordinal));
        Assert.True(Ascii.IsValid(file));
    }

    [Fact]
    public void Text_HTML_and_attachment_come_back_byte_by_byte()
    {
        var (headers, body) = Split(Write("Maria"));
        var mixed = Parts(headers, body);
        var (alternatives, attachment) = (Split(mixed[0]), Split(mixed[1]));
        var texts = Parts(alternatives.Headers, alternatives.Body).ConvertAll(Split);

        Assert.Equal(["text/plain; charset=utf-8", "text/html; charset=utf-8"], texts.Select(text => text.Headers["Content-Type"]));
        Assert.Equal(["Olá.\r\n--=_mixed_abc\r\n", "<p>Olá.</p>"], texts.Select(text => Encoding.UTF8.GetString(Convert.FromBase64String(text.Body))));
        Assert.Equal("attachment; filename=\"boleto.pdf\"", attachment.Headers["Content-Disposition"]);
        Assert.Equal(Attached(), Convert.FromBase64String(attachment.Body));
    }

    private static byte[] Attached() => [.. Enumerable.Range(0, 1000).Select(i => (byte)(i * 7))];

    private static string Write(string name)
    {
        using var message = new MailMessage(new MailAddress("from@agil.example"), new MailAddress("to@mail.example", name, Encoding.UTF8))
        {
            Subject = "Boleto disponível",
            SubjectEncoding = Encoding.UTF8,
            Body = "Olá.\r\n--=_mixed_abc\r\n",
            BodyEncoding = Encoding.UTF8,
            Headers = { ["Message-ID"] = "<abc@agil.example>" },
        };
        message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString("<p>Olá.</p>", Encoding.UTF8, MediaTypeNames.Text.Html));
        message.Attachments.Add(new Attachment(new MemoryStream(Attached()), "boleto.pdf", "application/pdf"));
        var file = new ArrayBufferWriter<byte>();
        MailFile.Write(file, message, "abc", Date);
        return Encoding.Latin1.GetString(file.WrittenSpan);
    }

    private static (Dictionary<string, string> Headers, string Body) Split(string part)
    {
        var end = part.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var headers = Regex.Matches(part[..(end + 2)], @"^([A-Za-z-]+): ((?:.|\r\n[ \t])*)\r\n", RegexOptions.Multiline)
            .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        return (headers, part[(end + 4)..]);
    }

    private static List<string> Parts(Dictionary<string, string> headers, string body)
    {
        var boundary = Regex.Match(headers["Content-Type"], "boundary=\"(.+)\"").Groups[1].Value;
        var parts = $"\r\n{body}".Split($"\r\n--{boundary}");
        Assert.StartsWith("--", parts[^1], StringComparison.Ordinal);
        return [.. parts[1..^1].Select(part => part["\r\n".Length..])];
    }

    private static string Encoded(string header) => Regex.Replace(header[..header.LastIndexOf(" <", StringComparison.Ordinal)], @"\s+", " ").Trim();

    private static string Decode(string header) =>
        string.Concat(Regex.Matches(header, @"=\?utf-8\?B\?([^?]+)\?=").Select(word => Encoding.UTF8.GetString(Convert.FromBase64String(word.Groups[1].Value))));
}
