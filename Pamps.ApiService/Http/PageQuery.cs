using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Pamps.ApiService.Contracts;

namespace Pamps.ApiService.Http;

/// <summary>The paging parameters of a list, bound from the query. Sizes are clamped, unreadable places are refused.</summary>
internal sealed record PageQuery
{
    /// <summary>Items on the page: 1 to 40, default 20; other numbers are clamped.</summary>
    [FromQuery(Name = "limit")]
    [Description("Items on the page, 1 to 40; smaller and larger numbers are clamped. Default 20.")]
    public PageSize? Limit { get; init; }

    /// <summary>Only items older than this id.</summary>
    [FromQuery(Name = "max_id")]
    [Description("Only items older than this id.")]
    public string? MaxId { get; init; }

    /// <summary>The newest page of the items newer than this id; a gap may remain.</summary>
    [FromQuery(Name = "since_id")]
    [Description("The newest page of what is newer than this id; a gap may remain.")]
    public string? SinceId { get; init; }

    /// <summary>The page that follows immediately upwards from this id, without a gap.</summary>
    [FromQuery(Name = "min_id")]
    [Description("The page immediately newer than this id, without a gap.")]
    public string? MinId { get; init; }

    /// <summary>An opaque cursor of a former answer of the same list; not together with the ids.</summary>
    [FromQuery(Name = "cursor")]
    [Description("The nextCursor or prevCursor of a former answer of this list; not together with the ids.")]
    public string? Cursor { get; init; }

    /// <summary>The clamped size.</summary>
    internal int Size => Limit?.Items ?? PageLimits.Default;

    /// <summary>Whether any of the parameters that name a place is given: such a page is not the first.</summary>
    internal bool IsFirstPage => MaxId is null && SinceId is null && MinId is null && Cursor is null;

    /// <summary>Translates the parameters for a list ordered by a key; false means <see cref="Problems.InvalidCursor"/>.</summary>
    /// <param name="list">Name of the list, as in its cursors.</param>
    /// <param name="window">What to read.</param>
    internal bool TryResolve(string list, out PageWindow window)
    {
        window = new PageWindow(list, Below: null, Above: null, Upward: false, Size);
        if (Cursor is not null)
        {
            if (MaxId is not null || SinceId is not null || MinId is not null || !PageCursor.TryRead(Cursor, list, out var cursor))
            {
                return false;
            }

            window = cursor.Direction is PageDirection.Next
                ? window with { Below = cursor.Key }
                : window with { Above = cursor.Key, Upward = true };
            return true;
        }

        long below = 0, since = 0, min = 0;
        if ((MaxId is not null && !WireId.TryParse(MaxId, out below)) ||
            (SinceId is not null && !WireId.TryParseFloor(SinceId, out since)) ||
            (MinId is not null && !WireId.TryParseFloor(MinId, out min)))
        {
            return false;
        }

        window = window with
        {
            Below = MaxId is null ? null : below,
            Above = SinceId is null && MinId is null ? null : Math.Max(since, min),
            Upward = MinId is not null,
        };
        return true;
    }
}
