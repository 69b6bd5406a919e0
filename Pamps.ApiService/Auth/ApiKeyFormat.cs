using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Pamps.ApiService.Auth;

/// <summary>
/// Personal API keys look like <c>pamps_3f9a1c0b_</c> and 43 characters of base64url (256 bits). The fixed start lets
/// secret scanners find a leaked key; the prefix finds its row; only the hash of the whole is stored.
/// </summary>
internal static class ApiKeyFormat
{
    /// <summary>How every key begins.</summary>
    public const string Start = "pamps_";

    private const int PrefixLength = 8;
    private const int SecretLength = 43;
    private const int Length = 6 + PrefixLength + 1 + SecretLength;

    /// <summary>Makes a key.</summary>
    /// <returns>The key to show once, its visible prefix, the hash to store.</returns>
    public static (string Key, string Prefix, byte[] Hash) Create()
    {
        var prefix = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(PrefixLength / 2));
        var key = $"{Start}{prefix}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}";
        return (key, prefix, SHA256.HashData(Encoding.UTF8.GetBytes(key)));
    }

    /// <summary>Reads the prefix of something that looks like a key.</summary>
    /// <param name="text">What was presented.</param>
    /// <param name="prefix">The prefix.</param>
    public static bool TryReadPrefix(string text, out string prefix)
    {
        prefix = "";
        if (text.Length != Length || !text.StartsWith(Start, StringComparison.Ordinal) || text[Start.Length + PrefixLength] != '_')
        {
            return false;
        }

        prefix = text.Substring(Start.Length, PrefixLength);
        return prefix.All(char.IsAsciiHexDigitLower) && Base64Url.IsValid(text.AsSpan(Start.Length + PrefixLength + 1));
    }
}
