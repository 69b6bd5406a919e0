using System.Globalization;
using System.Text;

namespace Pamps.Web.ApiClient;

/// <summary>Which page of a list: the same words as in the addresses of the site and of the API.</summary>
/// <param name="MaxId">Older than this id.</param>
/// <param name="MinId">Immediately newer than this id.</param>
/// <param name="SinceId">The newest page of what is newer than this id.</param>
/// <param name="Cursor">The opaque cursor, where the order is not the id.</param>
/// <param name="Limit">Items on the page.</param>
public sealed record PageRequest(string? MaxId = null, string? MinId = null, string? SinceId = null, string? Cursor = null, int? Limit = null)
{
    /// <summary>The newest page.</summary>
    public static readonly PageRequest First = new();

    /// <summary>Whether this is the newest page.</summary>
    public bool IsFirst => MaxId is null && MinId is null && SinceId is null && Cursor is null;

    /// <summary>Adds the parameters to a path.</summary>
    /// <param name="path">A path, perhaps with a query already.</param>
    public string AppendTo(string path)
    {
        var address = new StringBuilder(path);
        var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        Add("max_id", MaxId);
        Add("min_id", MinId);
        Add("since_id", SinceId);
        Add("cursor", Cursor);
        Add("limit", Limit?.ToString(CultureInfo.InvariantCulture));
        return address.ToString();

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                address.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
                separator = '&';
            }
        }
    }
}
