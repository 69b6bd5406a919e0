using System.Globalization;
using System.Text;

namespace Pamps.ApiService.Features.Accounts;

/// <summary>Cleans what people write about themselves.</summary>
internal static class ProfileText
{
    /// <summary>What is said of refused text.</summary>
    public const string Rule = "Control characters and changes of the writing direction are not allowed.";

    /// <summary>What is said of a refused address.</summary>
    public const string UrlRule = "Give a complete http or https address.";

    /// <summary>Trims to NFC; refuses control characters but line breaks, and overrides of direction that disguise names.</summary>
    /// <param name="text">The text as given.</param>
    /// <param name="clean">The text to store.</param>
    /// <param name="multiline">Whether line breaks and tabs are allowed.</param>
    public static bool TryClean(string text, out string clean, bool multiline = false)
    {
        clean = text.Trim();
        foreach (var letter in clean)
        {
            var allowed = char.IsControl(letter)
                ? multiline && letter is '\n' or '\r' or '\t'
                : letter is not (>= '\u202A' and <= '\u202E') and not (>= '\u2066' and <= '\u2069') && CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.PrivateUse;
            if (!allowed)
            {
                return false;
            }
        }

        try
        {
            clean = clean.Normalize(NormalizationForm.FormC);
            return true;
        }
        catch (ArgumentException)
        {
            // Half of a surrogate pair.
            return false;
        }
    }

    /// <summary>Whether a text is an absolute web address without user name and password in it.</summary>
    /// <param name="text">The text.</param>
    public static bool IsWebAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0 && !text.Any(char.IsControl);

    /// <summary>
    /// Whether a text may stand as the address of a picture. Older clients store names of files and paths, whose place only
    /// they know; what names another scheme than http, such as <c>javascript:</c>, is never an address of a picture.
    /// </summary>
    /// <param name="text">The text.</param>
    public static bool IsPictureAddress(string text) =>
        IsWebAddress(text) || (!text.Any(char.IsControl) && !text.Split('/', '?', '#')[0].Contains(':', StringComparison.Ordinal));
}
