namespace Pamps.ApiService.Features.Billing;

/// <summary>A mail that no further attempt will deliver. The message has no personal data.</summary>
internal sealed class MailRefusedException(string message, Exception? inner = null) : Exception(message, inner);
