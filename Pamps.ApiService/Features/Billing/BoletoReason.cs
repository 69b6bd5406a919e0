using System.Globalization;
using System.Net.Mail;
using Pamps.ApiService.Contracts;

namespace Pamps.ApiService.Features.Billing;

/// <summary>Why a debt has no boleto or its mail did not arrive: a code for programs and a sentence, without personal data.</summary>
/// <param name="Code">One of <see cref="BoletoErrorCodes"/>.</param>
/// <param name="Text">What is wrong.</param>
internal sealed record BoletoReason(string Code, string Text)
{
    public static readonly BoletoReason DueDateOutOfRange =
        new(BoletoErrorCodes.DueDateOutOfRange, "The due date cannot be carried by a boleto: it may lie 3000 days back and 5500 ahead.");

    public static readonly BoletoReason NumbersUsedUp = new(BoletoErrorCodes.NumbersUsedUp, "The numbers of the bank account are used up.");

    public static readonly BoletoReason AddressUnusable = new(BoletoErrorCodes.AddressUnusable, "The mail address cannot be used.");

    public static BoletoReason MailRefused(SmtpStatusCode status) =>
        new(BoletoErrorCodes.MailRefused, string.Create(CultureInfo.InvariantCulture, $"The mail server refused the mail with {(int)status}."));

    /// <param name="status">The enhanced status code (RFC 3463).</param>
    public static BoletoReason MailBounced(string status) => new(BoletoErrorCodes.MailBounced, $"The mail bounced ({status}).");

    /// <summary>The message of the exception may quote addresses; its kind says enough.</summary>
    public static BoletoReason MailFailed(Exception exception) => new(
        BoletoErrorCodes.MailFailed,
        exception is SmtpException smtp ? $"The mail server could not take the mail ({smtp.StatusCode})." : $"The mail could not be sent ({exception.GetType().Name}).");
}
