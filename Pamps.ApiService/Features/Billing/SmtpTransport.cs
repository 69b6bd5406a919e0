using System.Collections.Concurrent;
using System.Net;
using System.Net.Mail;
using Microsoft.Extensions.Options;

namespace Pamps.ApiService.Features.Billing;

/// <summary>
/// Sends through a mail server. A client sends one mail at a time and keeps its connection, so clients are lent out.
/// Answers 5yz are final, all other trouble is temporary (RFC 5321 §4.2.1).
/// </summary>
internal sealed class SmtpTransport(IOptions<BillingOptions> options) : IMailTransport, IDisposable
{
    private const int TimeoutMilliseconds = 30_000;

    private readonly ConcurrentBag<SmtpClient> _idle = [];

    public async Task SendAsync(MailMessage message, string key, CancellationToken cancellationToken)
    {
        var client = _idle.TryTake(out var idle) ? idle : Connect();
        try
        {
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            timeout.CancelAfter(TimeoutMilliseconds);
            await client.SendMailAsync(message, timeout.Token);
            _idle.Add(client);
        }
        catch (Exception exception)
        {
            // The connection may be in any state; the next mail gets a new one.
            client.Dispose();
            if (exception is SmtpException { StatusCode: var status } && (int)status is >= 500 and < 600)
            {
                throw new MailRefusedException(BoletoReason.MailRefused(status), exception);
            }

            throw;
        }
    }

    public void Dispose()
    {
        foreach (var client in _idle)
        {
            client.Dispose();
        }
    }

    private SmtpClient Connect()
    {
        var mail = options.Value.Mail;
        return new SmtpClient(mail.SmtpHost, mail.SmtpPort)
        {
            EnableSsl = mail.SmtpTls,
            Credentials = mail.SmtpUser.Length > 0 ? new NetworkCredential(mail.SmtpUser, mail.SmtpPassword) : null,
            Timeout = TimeoutMilliseconds,
        };
    }
}
