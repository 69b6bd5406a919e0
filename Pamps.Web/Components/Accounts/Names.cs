using System.Globalization;
using System.Text;
using Pamps.ApiService.Contracts;

namespace Pamps.Web.Components.Accounts;

/// <summary>How accounts are named and drawn.</summary>
internal static class Names
{
    /// <summary>How many colours avatars come in; the style sheet checks each for contrast.</summary>
    public const int Colours = 12;

    /// <summary>The name to show: the user name when the chosen one has nothing to see in it.</summary>
    public static string Shown(AccountSummary account) => Shown(account.DisplayName, account.Username);

    /// <inheritdoc cref="Shown(AccountSummary)"/>
    public static string Shown(string displayName, string username) =>
        displayName.EnumerateRunes().Any(IsVisible) ? displayName : username;

    /// <summary>One or two letters for the avatar.</summary>
    public static string Initials(string displayName, string username)
    {
        var letters = Shown(displayName, username)
            .Split([' ', '_', '-', '.'], StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word.EnumerateRunes().FirstOrDefault(Rune.IsLetterOrDigit))
            .Where(rune => rune.Value != 0)
            .Select(rune => Rune.ToUpperInvariant(rune).ToString())
            .ToList();
        return letters.Count switch
        {
            0 => username[..1].ToUpperInvariant(),
            1 => letters[0],
            _ => letters[0] + letters[^1],
        };
    }

    /// <summary>The colour of an account, always the same for a name.</summary>
    public static int Colour(string username)
    {
        var hash = 17;
        foreach (var letter in username)
        {
            hash = unchecked((hash * 31) + letter);
        }

        return (int)((uint)hash % Colours);
    }

    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.NonSpacingMark or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned);
}
