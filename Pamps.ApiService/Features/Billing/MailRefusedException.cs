namespace Pamps.ApiService.Features.Billing;

/// <summary>A mail that no further attempt will deliver. The message has no personal data.</summary>
internal sealed class MailRefusedException(BoletoReason reason, Exception? inner = null) : Exception(reason.Text, inner)
{
    public BoletoReason Reason { get; } = reason;
}
