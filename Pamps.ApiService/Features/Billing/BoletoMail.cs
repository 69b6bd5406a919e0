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
        var (message, key) = Compose(boleto, "boleto", "Boleto disponível", lines, from);
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
            throw new MailRefusedException("The mail address cannot be used.");
        }

        var sender = new MailAddress(from);
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{boleto.DebtId}\n{kind}")).AsSpan(0, 16));
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
}
