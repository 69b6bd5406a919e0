using System.Net.Mail;
using System.Text;
using Pamps.ApiService.Contracts;

namespace Pamps.ApiService.Features.Accounts;

/// <summary>The form of an e-mail address by which accounts are unique.</summary>
internal static class EmailAddress
{
    /// <summary>What is said of anything else.</summary>
    public const string Rule = "Give an e-mail address such as ana@example.org, of at most 254 characters.";

    /// <summary>
    /// Folds an address: NFC, lower case, no blanks around it. The local part may differ by case in theory (RFC 5321 §2.4);
    /// in practice two people never share an address that way, and one person forgets how it was typed.
    /// </summary>
    /// <param name="text">The address as given.</param>
    /// <param name="normalized">The folded address.</param>
    public static bool TryNormalize(string? text, out string normalized)
    {
        normalized = (text ?? "").Trim();
        // Control characters would end up in mail headers; brackets and quotes are for display names and rarities.
        if (normalized.Length > AccountLimits.EmailMax || normalized.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || "<>()\"\\,;".Contains(c, StringComparison.Ordinal)) ||
            !MailAddress.TryCreate(normalized, out var address) || address.Address != normalized)
        {
            return false;
        }

        normalized = normalized.Normalize(NormalizationForm.FormC).ToLowerInvariant();
        return normalized.Length <= AccountLimits.EmailMax;
    }
}
