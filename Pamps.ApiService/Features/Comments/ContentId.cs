using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Pamps.ApiService.Contracts;

namespace Pamps.ApiService.Features.Comments;

/// <summary>The canonical name of a piece of outside content; two spellings of one page are one thread.</summary>
/// <remarks>
/// <code>
/// content-id = url / opaque                     ; after trimming white space and Unicode NFC; 1 to 512 characters
/// url        = ("http" / "https") "://" [userinfo "@"] host [":" [port]] [path] ["?" query] ["#" fragment]
/// host       = IPv6 in brackets / labels of letters, digits, "-" and "_" joined by "."
/// opaque     = anything else without control characters, compared exactly
/// </code>
/// What a URL loses or changes, in this order (RFC 3986 §6.2.2 and §6.2.3):
/// <c>HTTP://Ana:x@Blog.Example:80/a%7eb/./c/?utm_source=x&amp;p=2#top</c> becomes <c>https://blog.example/a~b/c?p=2</c>.
/// The scheme becomes https; user information, default ports and the fragment go; the host is lower case and, where it
/// has letters beyond ASCII, in the form of the DNS; percent-encoding is decoded where it says nothing (unreserved
/// characters) and upper case elsewhere; characters a URL may not hold are encoded; dot segments are resolved; trailing
/// slashes go, but for the root's own; tracking parameters (<c>utm_*</c>, <c>fbclid</c>, <c>gclid</c>) go, the others
/// keep their order. Applying it twice changes nothing more.
/// Odd cases: a <c>%</c> that starts no escape is data and becomes <c>%25</c>; <c>http://host:443</c> loses its port too,
/// since the result is https; text that begins like a URL but has no valid host or port is opaque.
/// </remarks>
internal readonly record struct ContentId
{
    /// <summary>Longest input looked at: tracking parameters may make a short id long. Kestrel's request line ends here too.</summary>
    private const int RawMax = 8_192;

    private ContentId(string value) => Value = value;

    /// <summary>The canonical form.</summary>
    public string Value { get; }

    /// <summary>Whether it is the address of a page.</summary>
    public bool IsUrl => Value.StartsWith("https://", StringComparison.Ordinal);

    /// <summary>Reads an id in any spelling.</summary>
    public static bool TryParse(string? raw, out ContentId id)
    {
        id = default;
        if (raw is null || raw.Length > RawMax)
        {
            return false;
        }

        var text = raw.Trim();
        if (text.Length == 0 || text.Any(char.IsControl) || !CommentText.TryCompose(text, out text))
        {
            return false;
        }

        var canonical = CanonicalUrl(text) ?? text;
        if (canonical.Length > CommentLimits.ContentIdMax)
        {
            return false;
        }

        id = new ContentId(canonical);
        return true;
    }

    public override string ToString() => Value;

    private static string? CanonicalUrl(string text)
    {
        var plain = text.StartsWith("http://", StringComparison.OrdinalIgnoreCase);
        if (!plain && !text.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var rest = text.AsSpan(plain ? "http://".Length : "https://".Length);
        var fragment = rest.IndexOf('#');
        rest = fragment < 0 ? rest : rest[..fragment];
        var mark = rest.IndexOf('?');
        var query = mark < 0 ? [] : rest[(mark + 1)..];
        rest = mark < 0 ? rest : rest[..mark];
        var slash = rest.IndexOf('/');
        var path = slash < 0 ? [] : rest[slash..];
        var authority = CanonicalAuthority(slash < 0 ? rest : rest[..slash], plain);
        return authority is null ? null : $"https://{authority}{CanonicalPath(path)}{CanonicalQuery(query)}";
    }

    private static string? CanonicalAuthority(ReadOnlySpan<char> authority, bool plain)
    {
        if (authority.Contains('\\'))
        {
            // Browsers read it as a slash, others as part of a name: no two agree which host this is.
            return null;
        }

        authority = authority[(authority.LastIndexOf('@') + 1)..];
        var host = authority;
        var port = ReadOnlySpan<char>.Empty;
        var colon = authority.LastIndexOf(':');
        if (colon >= 0 && !authority[colon..].Contains(']'))
        {
            host = authority[..colon];
            port = authority[(colon + 1)..];
        }

        var number = 0;
        if (!port.IsEmpty && !(int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number is > 0 and <= 65_535))
        {
            return null;
        }

        var name = CanonicalHost(host.ToString());
        var isDefault = number is 0 or 443 || (plain && number == 80);
        return name is null || isDefault ? name : string.Create(CultureInfo.InvariantCulture, $"{name}:{number}");
    }

    private static string? CanonicalHost(string host)
    {
        if (host.StartsWith('['))
        {
            return host.EndsWith(']') && IPAddress.TryParse(host[1..^1], out var address) && address.AddressFamily == AddressFamily.InterNetworkV6 && !host.Contains('%', StringComparison.Ordinal)
                ? $"[{address}]"
                : null;
        }

        if (!Ascii.IsValid(host))
        {
            try
            {
                host = new IdnMapping().GetAscii(host);
            }
            catch (ArgumentException)
            {
                // Not a name the DNS could hold.
                return null;
            }
        }

        return host.Length > 0 && host.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.')
            ? host.ToLowerInvariant()
            : null;
    }

    private static string CanonicalPath(ReadOnlySpan<char> path)
    {
        var kept = new List<string>();
        var encoded = Encode(path, "!$&'()*+,;=:@/");
        foreach (var segment in encoded.Split('/').Skip(1))
        {
            if (segment == "..")
            {
                if (kept.Count > 0)
                {
                    kept.RemoveAt(kept.Count - 1);
                }
            }
            else if (segment != ".")
            {
                kept.Add(segment);
            }
        }

        while (kept.Count > 0 && kept[^1].Length == 0)
        {
            kept.RemoveAt(kept.Count - 1);
        }

        return "/" + string.Join('/', kept);
    }

    private static string CanonicalQuery(ReadOnlySpan<char> query)
    {
        var kept = Encode(query, "!$&'()*+,;=:@/?").Split('&').Where(parameter => !IsTracking(parameter)).ToList();
        var joined = string.Join('&', kept);
        return joined.Length == 0 ? "" : "?" + joined;
    }

    private static bool IsTracking(string parameter)
    {
        var name = parameter.Split('=', 2)[0];
        return name.StartsWith("utm_", StringComparison.OrdinalIgnoreCase)
            || name.Equals("fbclid", StringComparison.OrdinalIgnoreCase)
            || name.Equals("gclid", StringComparison.OrdinalIgnoreCase);
    }

    private static string Encode(ReadOnlySpan<char> part, string reservedKept)
    {
        var result = new StringBuilder(part.Length);
        Span<byte> utf8 = stackalloc byte[4];
        for (var i = 0; i < part.Length;)
        {
            if (part[i] == '%' && i + 2 < part.Length && char.IsAsciiHexDigit(part[i + 1]) && char.IsAsciiHexDigit(part[i + 2]))
            {
                var value = (char)int.Parse(part.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                if (IsUnreserved(value))
                {
                    result.Append(value);
                }
                else
                {
                    AppendEscape(result, (byte)value);
                }

                i += 3;
                continue;
            }

            Rune.DecodeFromUtf16(part[i..], out var rune, out var length);
            i += length;
            if (rune.IsAscii && (IsUnreserved((char)rune.Value) || reservedKept.Contains((char)rune.Value, StringComparison.Ordinal)))
            {
                result.Append((char)rune.Value);
                continue;
            }

            foreach (var octet in utf8[..rune.EncodeToUtf8(utf8)])
            {
                AppendEscape(result, octet);
            }
        }

        return result.ToString();
    }

    private static void AppendEscape(StringBuilder result, byte octet) =>
        result.Append('%').Append(octet.ToString("X2", CultureInfo.InvariantCulture));

    /// <summary>RFC 3986 §2.3.</summary>
    private static bool IsUnreserved(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '_' or '~';
}
