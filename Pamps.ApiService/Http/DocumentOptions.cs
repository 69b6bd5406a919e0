using System.ComponentModel.DataAnnotations;

namespace Pamps.ApiService.Http;

/// <summary>Puts the document and its pages behind HTTP Basic when both are set. Section <c>Docs</c>.</summary>
internal sealed class DocumentOptions : IValidatableObject
{
    /// <summary>The user name.</summary>
    public string Username { get; set; } = "";

    /// <summary>The password.</summary>
    public string Password { get; set; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Username.Length > 0 != Password.Length > 0)
        {
            yield return new ValidationResult("Set both Docs:Username and Docs:Password, or neither.");
        }
    }
}
