using System.Globalization;

namespace Pamps.ApiService.Adapters;

/// <summary>Ids of the older APIs are integers; any integer may be asked for, but only some can name a thing.</summary>
internal static class OlderId
{
    /// <summary>The id, if anything could have it.</summary>
    public static bool TryRead(Int128 asked, out long id)
    {
        id = asked > 0 && asked <= long.MaxValue ? (long)asked : 0;
        return id > 0;
    }

    /// <summary>An id of the canonical API, which is digits in a string.</summary>
    public static long Parse(string id) => long.Parse(id, NumberStyles.None, CultureInfo.InvariantCulture);
}
