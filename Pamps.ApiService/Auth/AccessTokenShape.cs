using System.Buffers.Text;
using System.Text.Json;

namespace Pamps.ApiService.Auth;

/// <summary>
/// A strict look at <c>header.payload.signature</c> before it is parsed: three parts of base64url in their one canonical
/// spelling, at most 4 KB, a header of exactly <c>alg</c> = HS256, <c>kid</c> and <c>typ</c> = JWT. Other algorithms,
/// <c>jku</c>, <c>x5u</c>, <c>jwk</c>, <c>crit</c> and repeated members never reach the library (RFC 8725 §3).
/// </summary>
internal static class AccessTokenShape
{
    /// <summary>Characters of a token.</summary>
    public const int MaxLength = 4096;

    private const int HmacSha256Bytes = 32;

    /// <summary>Whether the text may be an access token of ours.</summary>
    /// <param name="token">What came after <c>Bearer</c>.</param>
    /// <param name="named">Whether its header names a key; those of the older APIs have no <c>kid</c>.</param>
    public static bool IsPlausible(ReadOnlySpan<char> token, bool named = true)
    {
        if (token.Length > MaxLength)
        {
            return false;
        }

        Span<Range> parts = stackalloc Range[4];
        return token.Split(parts, '.') == 3 &&
            TryDecode(token[parts[0]], out var header) && IsOurHeader(header, named) &&
            TryDecode(token[parts[1]], out _) &&
            TryDecode(token[parts[2]], out var signature) && signature.Length == HmacSha256Bytes;
    }

    private static bool TryDecode(ReadOnlySpan<char> part, out byte[] bytes)
    {
        bytes = [];
        if (part.IsEmpty || part.IndexOfAny(" \t\r\n=") >= 0 || !Base64Url.IsValid(part))
        {
            return false;
        }

        bytes = Base64Url.DecodeFromChars(part);
        // The unused bits of the last character must be zero, or one token would have several spellings.
        return part.SequenceEqual(Base64Url.EncodeToChars(bytes));
    }

    private static bool IsOurHeader(byte[] json, bool named)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            var (alg, kid, typ) = (0, 0, 0);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var known = reader.ValueTextEquals("alg") ? Next(ref reader, "HS256", ref alg)
                    : reader.ValueTextEquals("typ") ? Next(ref reader, "JWT", ref typ)
                    : reader.ValueTextEquals("kid") && Next(ref reader, value: null, ref kid);
                if (!known)
                {
                    return false;
                }
            }

            return reader.TokenType == JsonTokenType.EndObject && !reader.Read() && (alg, kid, typ) == (1, named ? 1 : 0, 1);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool Next(ref Utf8JsonReader reader, string? value, ref int count)
    {
        count++;
        return reader.Read() && reader.TokenType == JsonTokenType.String && (value is null || reader.ValueTextEquals(value));
    }
}
