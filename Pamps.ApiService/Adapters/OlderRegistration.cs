using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.RegularExpressions;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Features.Accounts;

namespace Pamps.ApiService.Adapters;

/// <summary>The fields of people: e-mail address, user name, password. Their rules are those of the canonical API, told in older words.</summary>
internal static partial class OlderRegistration
{
    /// <summary>A well-formed address.</summary>
    public static string Email(this OlderInput input, string name)
    {
        if (!TryText(input, name, int.MaxValue, blankAllowed: true, out var text))
        {
            return "";
        }

        if (text.Length <= AccountLimits.EmailMax && OlderEmail.TryParse(text, out var email))
        {
            return email;
        }

        input.Add("value is not a valid email address", "value_error.email", "body", name);
        return "";
    }

    /// <summary>A user name that a new account may have.</summary>
    public static string Username(this OlderInput input, string name)
    {
        if (!TryText(input, name, AccountLimits.UsernameMax, blankAllowed: false, out var text))
        {
            return "";
        }

        if (text.Length < AccountLimits.UsernameMin)
        {
            var message = string.Create(CultureInfo.InvariantCulture, $"ensure this value has at least {AccountLimits.UsernameMin} characters");
            input.Errors.Add(["body", name], message, "value_error.any_str.min_length", limit: AccountLimits.UsernameMin);
        }
        else if (UsernameForm().Match(text).Length != text.Length)
        {
            // The whole text: "$" also stands before a line break at the end.
            input.Add("use letters, digits and _ only", "value_error.str.regex", "body", name);
        }
        else if (ReservedUsernames.Contains(text.ToLowerInvariant()))
        {
            // A route of that name would hide the profile.
            input.Add("this name is reserved", "value_error.str.reserved", "body", name);
        }

        return text;
    }

    /// <summary>
    /// Passwords are of any length here, as the originals took them, unless short ones are switched off: then the rules of
    /// the canonical API hold.
    /// </summary>
    /// <param name="input">The request, so far valid.</param>
    /// <param name="registration">What was read from it.</param>
    /// <param name="options">The switches.</param>
    public static void CheckPassword(this OlderInput input, RegisterAccountRequest registration, OlderOptions options)
    {
        if (options.ShortPasswords || !input.IsValid)
        {
            return;
        }

        var results = new List<ValidationResult>();
        Validator.TryValidateObject(registration, new ValidationContext(registration), results, validateAllProperties: true);
        foreach (var result in results.Where(result => result.MemberNames.Contains(nameof(registration.Password))))
        {
            input.Add(result.ErrorMessage!, "value_error.password", "body", "password");
        }
    }

    private static bool TryText(OlderInput input, string name, int max, bool blankAllowed, out string text)
    {
        var before = input.Errors.Count;
        text = input.Text(name, max, blankAllowed);
        return input.Errors.Count == before && !input.IsUnreadable;
    }

    [GeneratedRegex(AccountLimits.UsernamePattern)]
    private static partial Regex UsernameForm();
}
