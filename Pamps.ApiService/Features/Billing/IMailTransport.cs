using System.Net.Mail;

namespace Pamps.ApiService.Features.Billing;

/// <summary>Hands mails over: to a server, or to a folder.</summary>
internal interface IMailTransport
{
    /// <summary>Hands one mail over; returns when it is safe there.</summary>
    /// <param name="message">The mail; its Message-ID makes a repeat recognisable.</param>
    /// <param name="key">The same for the same mail, usable as a file name.</param>
    /// <param name="cancellationToken">Cancels the sending.</param>
    /// <exception cref="MailRefusedException">The mail will never be taken.</exception>
    Task SendAsync(MailMessage message, string key, CancellationToken cancellationToken);
}
