using System.Linq.Expressions;
using Pamps.ApiService.Contracts;

namespace Pamps.ApiService.Http;

/// <summary>A resolved page of a list that runs from large keys to small ones (newest first).</summary>
/// <param name="List">Name of the list, as in its cursors.</param>
/// <param name="Below">Only keys smaller than this.</param>
/// <param name="Above">Only keys larger than this.</param>
/// <param name="Upward">True: the keys nearest to <paramref name="Above"/>, else the largest.</param>
/// <param name="Size">Items on the page.</param>
internal readonly record struct PageWindow(string List, long? Below, long? Above, bool Upward, int Size)
{
    /// <summary>Restricts a query to the window, in reading order of the database, and asks for one row more than the page holds.</summary>
    /// <typeparam name="TRow">The rows.</typeparam>
    /// <param name="rows">The query.</param>
    /// <param name="key">The sort key, unique in the list.</param>
    public IQueryable<TRow> Apply<TRow>(IQueryable<TRow> rows, Expression<Func<TRow, long>> key)
    {
        if (Below is { } below)
        {
            rows = rows.Where(Compare(key, ExpressionType.LessThan, below));
        }

        if (Above is { } above)
        {
            rows = rows.Where(Compare(key, ExpressionType.GreaterThan, above));
        }

        return (Upward ? rows.OrderBy(key) : rows.OrderByDescending(key)).Take(Size + 1);
    }

    /// <summary>Makes the page of what <see cref="Apply"/> read: cuts the extra row, restores newest first, adds cursors.</summary>
    /// <typeparam name="TRow">The rows.</typeparam>
    /// <typeparam name="TItem">The items on the wire.</typeparam>
    /// <param name="rows">The rows read, up to one more than the page holds.</param>
    /// <param name="key">The sort key.</param>
    /// <param name="item">Row to item.</param>
    public Page<TItem> ToPage<TRow, TItem>(List<TRow> rows, Func<TRow, long> key, Func<TRow, TItem> item)
    {
        var more = rows.Count > Size;
        if (more)
        {
            rows.RemoveRange(Size, rows.Count - Size);
        }

        if (Upward)
        {
            rows.Reverse();
        }

        if (rows.Count == 0)
        {
            return new Page<TItem>([], NextCursor: null, PrevCursor: null);
        }

        // Below an upward page lies at least the place it started from; above any page there may be something newer.
        var next = more || Upward ? PageCursor.For(List, key(rows[^1]), PageDirection.Next) : null;
        return new Page<TItem>(rows.ConvertAll(row => item(row)), next, PageCursor.For(List, key(rows[0]), PageDirection.Prev));
    }

    private static Expression<Func<TRow, bool>> Compare<TRow>(Expression<Func<TRow, long>> key, ExpressionType comparison, long bound)
    {
        // A captured variable, so that the query keeps one plan whatever the number is.
        Expression<Func<long>> captured = () => bound;
        return Expression.Lambda<Func<TRow, bool>>(Expression.MakeBinary(comparison, key.Body, captured.Body), key.Parameters);
    }
}
