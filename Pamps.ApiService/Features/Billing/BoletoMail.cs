using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using Pamps.ApiService.Data;

namespace Pamps.ApiService.Features.Billing;

/// <summary>
/// The mails to a debtor, in Portuguese, as text and HTML. Their Message-ID follows from the debt and the kind of mail,
/// so that a repeat is recognised by whoever receives it. What comes from the file reaches headers only through the
/// address type of the library, which refuses line breaks.
/// </summary>
internal static class BoletoMail
{
    private const string BoletoKind = "boleto";

    /// <summary>The id of the boleto in the Message-ID of a mail; false when it is none of ours.</summary>
    public static bool TryReadBoletoId(string messageId, out long id)
    {
        id = 0;
        var key = messageId.Trim().TrimStart('<').Split('@')[0];
        return key.Length == 32 && long.TryParse(key.AsSpan(16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out id) && id > 0;
    }

    /// <summary>Whether the Message-ID is that of the boleto's mail.</summary>
    public static bool IsOfBoleto(string messageId, Boleto boleto) =>
        messageId.Trim().TrimStart('<').StartsWith(KeyOf(boleto, BoletoKind) + "@", StringComparison.OrdinalIgnoreCase);

    /// <summary>The boleto, with its PDF.</summary>
    /// <exception cref="MailRefusedException">The address cannot be used.</exception>
    public static (MailMessage Message, string Key) OfBoleto(Boleto boleto, Issuer issuer, string from)
    {
        var document = issuer.Document(boleto);
        string[] lines =
        [
            $"Olá, {boleto.Name}.",
            "",
            $"O seu boleto de {issuer.BeneficiaryName} está disponível. O PDF está em anexo.",
            "",
            $"Valor: {BrazilianFormat.Money(boleto.Amount)}",
            $"Vencimento: {BrazilianFormat.Date(boleto.DueOn)}",
            $"Linha digitável: {document.Number.PrintedLine}",
            .. document.Pix is null ? (string[])[] : [$"Pix copia e cola: {document.Pix}"],
            "",
            "Pague uma única vez. Se já pagou, desconsidere esta mensagem.",
        ];
        var (message, key) = Compose(boleto, BoletoKind, "Boleto disponível", lines, from);
        message.Attachments.Add(new Attachment(new MemoryStream(BoletoPdf.Write(document)), "boleto.pdf", BoletoPdf.ContentType));
        return (message, key);
    }

    /// <summary>Tells that a payment was not enough.</summary>
    /// <exception cref="MailRefusedException">The address cannot be used.</exception>
    public static (MailMessage Message, string Key) OfPartialPayment(Boleto boleto, BoletoPayment payment, string from) => Compose(
        boleto,
        $"payment-{Convert.ToHexStringLower(payment.Hash.AsSpan(0, 8))}",
        "Pagamento parcial recebido",
        [
            $"Olá, {boleto.Name}.",
            "",
            $"Recebemos o seu pagamento de {BrazilianFormat.Money(payment.Amount)}.",
            $"Do valor de {BrazilianFormat.Money(boleto.Amount)} falta pagar {BrazilianFormat.Money(Math.Max(0, boleto.Amount - boleto.PaidAmount))}.",
        ],
        from);

    private static (MailMessage Message, string Key) Compose(Boleto boleto, string kind, string subject, string[] lines, string from)
    {
        if (!MailAddress.TryCreate(boleto.Email, boleto.Name, Encoding.UTF8, out var to) || !to.Host.Contains('.', StringComparison.Ordinal) || !Ascii.IsValid(to.Address))
        {
            throw new MailRefusedException(BoletoReason.AddressUnusable);
        }

        var sender = new MailAddress(from);
        var key = KeyOf(boleto, kind);
        var message = new MailMessage(sender, to)
        {
            Subject = subject,
            SubjectEncoding = Encoding.UTF8,
            Body = string.Join("\r\n", lines) + "\r\n",
            BodyEncoding = Encoding.UTF8,
            Headers = { ["Message-ID"] = $"<{key}@{sender.Host}>", ["Auto-Submitted"] = "auto-generated" },
        };
        var html = string.Join("<br>\r\n", lines.Select(WebUtility.HtmlEncode));
        message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(
            $"<!DOCTYPE html>\r\n<html lang=\"pt-BR\"><head><meta charset=\"utf-8\"><title>{WebUtility.HtmlEncode(subject)}</title></head>\r\n<body><p>{html}</p></body></html>\r\n",
            Encoding.UTF8,
            MediaTypeNames.Text.Html));
        return (message, key);
    }

    /// <summary>A digest that only this debt and kind of mail have, then the boleto's id, by which a bounce finds it.</summary>
    private static string KeyOf(Boleto boleto, string kind)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{boleto.DebtId}\n{kind}"));
        return string.Create(CultureInfo.InvariantCulture, $"{Convert.ToHexStringLower(digest.AsSpan(0, 8))}{boleto.Id:x16}");
    }
}
