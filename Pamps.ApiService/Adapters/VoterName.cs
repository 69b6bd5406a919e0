using System.Security.Cryptography;

namespace Pamps.ApiService.Adapters;

/// <summary>
/// User names for accounts that were made with an e-mail address alone. Nothing of the address is in them: user names are
/// public, addresses are not.
/// </summary>
internal static class VoterName
{
    private const string Start = "voter_";

    // 36^12 names: two equal ones among a billion accounts are unlikely, and the unique index would say so.
    private const string Letters = "abcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>A name that nobody has.</summary>
    public static string New() => Start + RandomNumberGenerator.GetString(Letters, 12);
}
