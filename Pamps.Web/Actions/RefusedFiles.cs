using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Pamps.Web.Actions;

/// <summary>
/// What was wrong with a file of debts, carried in the address of the form it is shown at. Signed, or anybody could make
/// an address at which this site says what they please.
/// </summary>
internal sealed class RefusedFiles(IDataProtectionProvider protection)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly ITimeLimitedDataProtector _problems = protection.CreateProtector("Pamps.Web.RefusedFiles", "1").ToTimeLimitedDataProtector();

    /// <summary>The address of the form that says so.</summary>
    public string AddressOf(string problem) => "/billing/import?problem=" + Uri.EscapeDataString(_problems.Protect(problem, Lifetime));

    /// <summary>What an address says; null when it says nothing, or when this site did not make it within the hour.</summary>
    public string? Read(string? problem)
    {
        try
        {
            return string.IsNullOrEmpty(problem) ? null : _problems.Unprotect(problem);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
