using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Pamps.ApiService.Contracts;

/// <summary>What a person gives to join.</summary>
public sealed record RegisterAccountRequest : IValidatableObject
{
    /// <summary>3 to 30 of letters, digits and <c>_</c>; case-insensitive, never changed, never reused.</summary>
    [Required]
    [StringLength(AccountLimits.UsernameMax, MinimumLength = AccountLimits.UsernameMin)]
    [RegularExpression(AccountLimits.UsernamePattern)]
    public required string Username { get; init; }

    /// <summary>The address for sign-in and notices; never shown to others.</summary>
    [Required]
    [EmailAddress]
    [StringLength(AccountLimits.EmailMax)]
    public required string Email { get; init; }

    /// <summary>At least 8 characters; any characters.</summary>
    [Required]
    [StringLength(AccountLimits.PasswordMax, MinimumLength = AccountLimits.PasswordMin)]
    public required string Password { get; init; }

    /// <summary>The name to show; the user name when absent.</summary>
    [StringLength(AccountLimits.DisplayNameMax)]
    public string? DisplayName { get; init; }

    /// <summary>A few words about oneself.</summary>
    [StringLength(AccountLimits.BioMax)]
    public string? Bio { get; init; }

    /// <summary>Address of a picture: http or https, or relative to the client's own place of pictures.</summary>
    [StringLength(AccountLimits.UrlMax)]
    public string? AvatarUrl { get; init; }

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (CommonPasswords.Contains(Password, Username, Email))
        {
            yield return new ValidationResult(AccountLimits.CommonPasswordMessage, [nameof(Password)]);
        }
    }
}

/// <summary>Changes to one's profile; absent members stay as they are.</summary>
public sealed record UpdateProfileRequest
{
    /// <summary>The name to show.</summary>
    [StringLength(AccountLimits.DisplayNameMax)]
    public string? DisplayName { get; init; }

    /// <summary>A few words about oneself.</summary>
    [StringLength(AccountLimits.BioMax)]
    public string? Bio { get; init; }

    /// <summary>Address of a picture, http or https; an empty string removes it.</summary>
    [StringLength(AccountLimits.UrlMax)]
    public string? AvatarUrl { get; init; }

    /// <summary>Up to four links, http or https.</summary>
    [MaxLength(AccountLimits.LinksMax)]
    public IReadOnlyList<string>? Links { get; init; }

    /// <summary>Preferred language, <c>pt-BR</c> or <c>en</c>.</summary>
    [StringLength(10)]
    public string? Language { get; init; }

    /// <summary>A new e-mail address; needs <see cref="CurrentPassword"/>.</summary>
    [EmailAddress]
    [StringLength(AccountLimits.EmailMax)]
    public string? Email { get; init; }

    /// <summary>The present password; asked for when the e-mail address changes.</summary>
    [StringLength(AccountLimits.PasswordMax)]
    public string? CurrentPassword { get; init; }
}

/// <summary>A change of password; ends all other sessions.</summary>
public sealed record ChangePasswordRequest : IValidatableObject
{
    /// <summary>The present password.</summary>
    [Required]
    [StringLength(AccountLimits.PasswordMax)]
    public required string CurrentPassword { get; init; }

    /// <summary>The new one, at least 8 characters.</summary>
    [Required]
    [StringLength(AccountLimits.PasswordMax, MinimumLength = AccountLimits.PasswordMin)]
    public required string NewPassword { get; init; }

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (CommonPasswords.Contains(NewPassword))
        {
            yield return new ValidationResult(AccountLimits.CommonPasswordMessage, [nameof(NewPassword)]);
        }
    }
}

/// <summary>Asks for the password before an account is deleted.</summary>
public sealed record DeleteAccountRequest
{
    /// <summary>The present password.</summary>
    [Required]
    [StringLength(AccountLimits.PasswordMax)]
    public required string Password { get; init; }
}

/// <summary>An account as it stands beside a post.</summary>
/// <param name="Id">The opaque id.</param>
/// <param name="Username">The unique name, lower case.</param>
/// <param name="DisplayName">The name to show.</param>
/// <param name="AvatarUrl">Address of a picture, if any.</param>
public sealed record AccountSummary(string Id, string Username, string DisplayName, string? AvatarUrl);

/// <summary>A profile.</summary>
/// <param name="Id">The opaque id.</param>
/// <param name="Username">The unique name, lower case.</param>
/// <param name="DisplayName">The name to show.</param>
/// <param name="Bio">A few words, or an empty string.</param>
/// <param name="AvatarUrl">Address of a picture, if any.</param>
/// <param name="Links">Links of the profile.</param>
/// <param name="CreatedAt">When the account was made.</param>
/// <param name="PostCount">Published posts and replies that are not deleted.</param>
/// <param name="FollowerCount">How many follow this account.</param>
/// <param name="FollowingCount">How many this account follows.</param>
/// <param name="Viewer">The relation of the caller to it; absent when nobody is signed in.</param>
public sealed record AccountResponse(
    string Id,
    string Username,
    string DisplayName,
    string Bio,
    string? AvatarUrl,
    IReadOnlyList<string> Links,
    DateTimeOffset CreatedAt,
    int PostCount,
    int FollowerCount,
    int FollowingCount,
    Relationship? Viewer);

/// <summary>The caller's own account.</summary>
/// <param name="Id">The opaque id.</param>
/// <param name="Username">The unique name, lower case.</param>
/// <param name="Email">The address for sign-in and notices.</param>
/// <param name="DisplayName">The name to show.</param>
/// <param name="Bio">A few words, or an empty string.</param>
/// <param name="AvatarUrl">Address of a picture, if any.</param>
/// <param name="Links">Links of the profile.</param>
/// <param name="Language">Preferred language, if chosen.</param>
/// <param name="Role">What the account may do beyond its own things.</param>
/// <param name="BillingOperator">Whether it may work with billing.</param>
/// <param name="CreatedAt">When the account was made.</param>
/// <param name="PostCount">Published posts and replies that are not deleted.</param>
/// <param name="FollowerCount">How many follow this account.</param>
/// <param name="FollowingCount">How many this account follows.</param>
/// <param name="Scopes">What the present credentials allow.</param>
public sealed record MeResponse(
    string Id,
    string Username,
    string Email,
    string DisplayName,
    string Bio,
    string? AvatarUrl,
    IReadOnlyList<string> Links,
    string? Language,
    AccountRole Role,
    bool BillingOperator,
    DateTimeOffset CreatedAt,
    int PostCount,
    int FollowerCount,
    int FollowingCount,
    IReadOnlyList<string> Scopes);

/// <summary>What an account may do beyond its own things.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<AccountRole>))]
public enum AccountRole
{
    /// <summary>Everybody.</summary>
    User,

    /// <summary>Works the queue of reports.</summary>
    Moderator,

    /// <summary>May do everything.</summary>
    Administrator,
}

/// <summary>The answer to a request for an export of everything one owns.</summary>
/// <param name="Id">The opaque id.</param>
/// <param name="State"><c>pending</c>, <c>running</c>, <c>ready</c>, <c>failed</c> or <c>expired</c>.</param>
/// <param name="RequestedAt">When it was asked for.</param>
/// <param name="CompletedAt">When it was ready.</param>
/// <param name="ExpiresAt">When the file is removed.</param>
/// <param name="Progress">How much is done, 0 to 100.</param>
/// <param name="DownloadUrl">Where the ZIP is, once ready.</param>
public sealed record ExportResponse(
    string Id,
    string State,
    DateTimeOffset RequestedAt,
    DateTimeOffset? CompletedAt,
    DateTimeOffset? ExpiresAt,
    int Progress,
    string? DownloadUrl);

/// <summary>What this server is and allows.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">The version of the product.</param>
/// <param name="Languages">Languages of messages.</param>
/// <param name="PostGraphemes">Longest post, in graphemes.</param>
/// <param name="UrlWeight">What a URL counts in a post.</param>
/// <param name="PageDefault">Items on a page when not said.</param>
/// <param name="PageMax">Most items on a page; more is clamped.</param>
/// <param name="UsernameMin">Shortest user name.</param>
/// <param name="UsernameMax">Longest user name.</param>
/// <param name="PasswordMin">Shortest password.</param>
/// <param name="PasswordMax">Longest password.</param>
/// <param name="BioMax">Longest biography.</param>
public sealed record InstanceResponse(
    string Name,
    string Version,
    IReadOnlyList<string> Languages,
    int PostGraphemes,
    int UrlWeight,
    int PageDefault,
    int PageMax,
    int UsernameMin,
    int UsernameMax,
    int PasswordMin,
    int PasswordMax,
    int BioMax);
