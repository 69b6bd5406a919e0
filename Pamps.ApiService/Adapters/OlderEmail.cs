using System.Globalization;
using Pamps.ApiService.Contracts;

namespace Pamps.ApiService.Adapters;

/// <summary>E-mail addresses as the older APIs judge them: <c>local@domain</c> with at least one dot in the domain.</summary>
/// <remarks>
/// <code>
/// ana.souza+x@Example.COM   → ana.souza+x@example.com   the domain is folded, the local part stays as given
/// "ana b"@example.com       → refused                   quoted local parts (RFC 5321) are not taken
/// ana@localhost             → refused                   a domain without a dot
/// </code>
/// The local part is a dot-atom (RFC 5322 §3.2.3, with letters beyond ASCII as in RFC 6532), up to 64 characters.
/// </remarks>
internal static class OlderEmail
{
    private const int LocalMax = 64;

    public static bool TryParse(string text, out string email)
    {
        email = "";
        text = text.Trim();
        var at = text.LastIndexOf('@');
        if (at < 1 || text.Length > AccountLimits.EmailMax)
        {
            return false;
        }

        var local = text[..at];
        var domain = text[(at + 1)..];
        if (local.Length > LocalMax || !local.Split('.').All(IsAtom) || !IsDomain(domain))
        {
            return false;
        }

        email = $"{local}@{domain.ToLowerInvariant()}";
        return true;
    }

    private static bool IsAtom(string atom) =>
        atom.Length > 0 && atom.All(letter => char.IsLetterOrDigit(letter) || char.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark || "!#$%&'*+-/=?^_`{|}~".Contains(letter, StringComparison.Ordinal));

    private static bool IsDomain(string domain)
    {
        var labels = domain.Split('.');
        return labels.Length > 1
            && labels.All(label => label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-' && label.All(letter => char.IsLetterOrDigit(letter) || letter == '-'))
            && !labels[^1].All(char.IsAsciiDigit);
    }
}
