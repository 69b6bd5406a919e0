using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Pamps.Web.Auth;

/// <summary>
/// Signs the forms in which guests comment from a frame of another site. An antiforgery token would need a cookie, and none
/// travels there; the signature says instead that this site made the form, for this thread and not long ago.
/// </summary>
internal sealed class GuestForms(IDataProtectionProvider protection)
{
    /// <summary>As long as an article may lie open before its reader has something to say.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private readonly ITimeLimitedDataProtector _forms = protection.CreateProtector("Pamps.Web.GuestForms", "1").ToTimeLimitedDataProtector();

    /// <summary>The signature of a form.</summary>
    /// <param name="contentId">The content whose thread it is for.</param>
    public string Sign(string contentId) => _forms.Protect(contentId, Lifetime);

    /// <summary>Whether a signature is of this site, for this content, and not too old.</summary>
    /// <param name="contentId">The content.</param>
    /// <param name="signature">What came with the form.</param>
    public bool IsSigned(string contentId, string? signature)
    {
        try
        {
            return !string.IsNullOrEmpty(signature) && _forms.Unprotect(signature) == contentId;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
