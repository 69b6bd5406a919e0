using System.ComponentModel.DataAnnotations;
using System.Text;

namespace Pamps.ApiService.Auth;

/// <summary>How tokens are signed and how long they live. Section <c>Jwt</c>.</summary>
internal sealed class JwtOptions : IValidatableObject
{
    /// <summary>Fewest bytes of a signing key: HMAC-SHA256 is as strong as its key up to 256 bits (RFC 7518 §3.2).</summary>
    public const int SigningKeyMinBytes = 32;

    /// <summary>The secret that signs access tokens; at least 32 bytes in UTF-8. Never in a file of the repository.</summary>
    public string SigningKey { get; set; } = "";

    /// <summary>Former keys, still accepted while tokens signed with them live.</summary>
    public IList<string> PreviousSigningKeys { get; } = [];

    /// <summary>The <c>iss</c> of tokens.</summary>
    [Required]
    public string Issuer { get; set; } = "pamps";

    /// <summary>The <c>aud</c> of tokens.</summary>
    [Required]
    public string Audience { get; set; } = "pamps-api";

    /// <summary>Life of an access token: long enough to page through a feed, short enough to be worthless when stolen.</summary>
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>A session ends when it was not refreshed for so long.</summary>
    public TimeSpan RefreshTokenLifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>A session ends after so long, refreshed or not.</summary>
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromDays(90);

    /// <summary>A used refresh token gives another pair for so long: its answer may have been lost, or two tabs refreshed at once.</summary>
    public TimeSpan RefreshLeeway { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>A revoked session or key may still work for so long on another replica.</summary>
    public TimeSpan StateCacheLifetime { get; set; } = TimeSpan.FromSeconds(15);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Encoding.UTF8.GetByteCount(SigningKey) < SigningKeyMinBytes)
        {
            yield return new ValidationResult(
                "Jwt:SigningKey is missing or shorter than 32 bytes. Set the environment variable Jwt__SigningKey to a random secret, " +
                "for example the output of `openssl rand -base64 48`; the app model does it by itself.");
        }

        if (PreviousSigningKeys.Any(key => Encoding.UTF8.GetByteCount(key) < SigningKeyMinBytes))
        {
            yield return new ValidationResult("Every key of Jwt:PreviousSigningKeys must have at least 32 bytes.");
        }

        if (AccessTokenLifetime <= TimeSpan.Zero || RefreshTokenLifetime <= TimeSpan.Zero || SessionLifetime <= TimeSpan.Zero)
        {
            yield return new ValidationResult("The lifetimes of section Jwt must be positive.");
        }

        if (StateCacheLifetime > TimeSpan.FromSeconds(30))
        {
            yield return new ValidationResult("Jwt:StateCacheLifetime must not exceed 30 seconds: so long a suspended account could go on.");
        }
    }
}
