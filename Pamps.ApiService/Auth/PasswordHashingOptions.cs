using System.ComponentModel.DataAnnotations;

namespace Pamps.ApiService.Auth;

/// <summary>How passwords are hashed. Section <c>Passwords</c>.</summary>
internal sealed class PasswordHashingOptions
{
    /// <summary>Rounds of PBKDF2-HMAC-SHA512; OWASP recommends 210,000 (2023). A higher number rehashes at the next sign-in.</summary>
    [Range(1_000, 10_000_000)]
    public int Iterations { get; set; } = 210_000;

    /// <summary>Hashes computed at once; 0 means half of the processors. One costs as much as thousands of reads.</summary>
    [Range(0, 1_000)]
    public int Parallel { get; set; }

    /// <summary>Sign-ins that may wait for their turn; more are asked to come back.</summary>
    [Range(1, 10_000)]
    public int Waiting { get; set; } = 64;
}
