namespace Pamps.ApiService.Projections;

/// <summary>
/// A few pages of a home feed, read in one go for who scrolls on: all candidates with <paramref name="Covered"/> &lt; id &lt;
/// <paramref name="Below"/>. Whoever uses it still filters by what the reader may see at that moment.
/// </summary>
/// <param name="Below">The bound above.</param>
/// <param name="Covered">The bound below; 0 when the feed ends there.</param>
/// <param name="Ids">The posts, newest first.</param>
/// <param name="ReadAt">Timestamp before it was read.</param>
internal sealed record HomeSlice(long Below, long Covered, long[] Ids, long ReadAt)
{
    /// <summary>Whether it says anything about what lies right below an id.</summary>
    public bool Tells(long below) => below <= Below && below - 1 > Covered;

    /// <summary>The newest candidates between two bounds, and the bound above which there are no others.</summary>
    public (ArraySegment<long> Ids, long Covered) Take(long below, long above, int count)
    {
        var first = Place(below);
        var taken = Math.Clamp(Place(above + 1) - first, 0, count);
        var ids = new ArraySegment<long>(Ids, first, taken);
        return (ids, taken == count ? ids[^1] - 1 : Math.Max(Covered, above));
    }

    /// <summary>How many are at or above a bound.</summary>
    private int Place(long bound)
    {
        var (low, high) = (0, Ids.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Ids[middle] >= bound ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
