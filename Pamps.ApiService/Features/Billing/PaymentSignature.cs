using System.Security.Cryptography;
using System.Text;

namespace Pamps.ApiService.Features.Billing;

/// <summary>
/// The signature of a payment notice: <c>X-Signature: sha256=</c> and the HMAC-SHA256 of the raw body in hexadecimal.
/// There is no time in it: a notice that is replayed is the same payment.
/// </summary>
internal static class PaymentSignature
{
    public const string Header = "X-Signature";

    private const string Start = "sha256=";

    public static string Of(string secret, ReadOnlySpan<byte> body) =>
        Start + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    public static bool IsValid(string secret, ReadOnlySpan<byte> body, string signature) =>
        secret.Length > 0 && CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(Of(secret, body)), Encoding.ASCII.GetBytes(signature.ToLowerInvariant()));
}
