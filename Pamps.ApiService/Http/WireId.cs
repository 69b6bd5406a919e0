using System.Globalization;

namespace Pamps.ApiService.Http;

/// <summary>Ids are integers inside and opaque decimal strings on the wire: JavaScript cannot hold all 64 bits of a number.</summary>
internal static class WireId
{
    /// <summary>Reads an id; anything but plain decimal digits of a positive number is refused.</summary>
    /// <param name="text">What the client sent.</param>
    /// <param name="id">The id, or 0.</param>
    public static bool TryParse(string? text, out long id) =>
        TryParseFloor(text, out id) && id > 0;

    /// <summary>Reads a lower bound of ids; 0 is one, meaning "from the first".</summary>
    /// <param name="text">What the client sent.</param>
    /// <param name="id">The bound, or 0.</param>
    public static bool TryParseFloor(string? text, out long id)
    {
        id = 0;
        // The framework's parser takes no notice of NUL characters at the end.
        return text?.Contains('\0', StringComparison.Ordinal) == false && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out id);
    }

    /// <summary>Writes an id as it travels.</summary>
    /// <param name="id">The id.</param>
    public static string Format(long id) => id.ToString(CultureInfo.InvariantCulture);

    /// <summary>Writes an id that may be absent.</summary>
    /// <param name="id">The id, if any.</param>
    public static string? Format(long? id) => id is { } value ? Format(value) : null;
}
