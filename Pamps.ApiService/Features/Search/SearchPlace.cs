using System.Globalization;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Search;

/// <summary>A place in found things: they are ordered by rank, and those of equal rank by id.</summary>
/// <param name="Rank">Higher is better.</param>
/// <param name="Id">The last id seen.</param>
internal readonly record struct SearchPlace(double Rank, long Id)
{
    /// <summary>Before everything.</summary>
    public static SearchPlace Start { get; } = new(double.MaxValue, long.MaxValue);

    /// <summary>Reads a cursor of a search of that type; none is the start.</summary>
    public static bool TryRead(string? cursor, string type, out SearchPlace place)
    {
        place = Start;
        if (cursor is null)
        {
            return true;
        }

        if (!PageCursor.TryRead(cursor, "search-" + type, out var read) || read.Direction is not PageDirection.Next ||
            !double.TryParse(read.Rank, NumberStyles.Float, CultureInfo.InvariantCulture, out var rank) || !double.IsFinite(rank))
        {
            return false;
        }

        place = new SearchPlace(rank, read.Key);
        return true;
    }

    /// <summary>The cursor that goes on after this place. "R" survives the way there and back exactly.</summary>
    public string ToCursor(string type) => PageCursor.For("search-" + type, Id, PageDirection.Next, Rank.ToString("R", CultureInfo.InvariantCulture));
}

/// <summary>Something found.</summary>
internal sealed record SearchHit(long Id, double Rank);
