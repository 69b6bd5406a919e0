using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Comments;

/// <summary>
/// A page of a thread. Unlike the other lists a thread is read from its beginning: the next page has larger ids. The
/// parameters keep their meaning (<c>max_id</c> is older, <c>min_id</c> and <c>since_id</c> newer), cursors name the order.
/// </summary>
internal readonly record struct CommentWindow(bool OldestFirst, long? Below, long? Above, bool Rising, int Size)
{
    private string List => OldestFirst ? "comments" : "comments-newest";

    /// <summary>Translates the parameters; false means the cursor is not one of this list.</summary>
    public static bool TryResolve(PageQuery page, bool oldestFirst, out CommentWindow window)
    {
        window = new CommentWindow(oldestFirst, Below: null, Above: null, Rising: oldestFirst, page.Size);
        if (page.Cursor is not null)
        {
            if (page.MaxId is not null || page.SinceId is not null || page.MinId is not null || !PageCursor.TryRead(page.Cursor, window.List, out var cursor))
            {
                return false;
            }

            var rising = oldestFirst == cursor.Direction is PageDirection.Next;
            window = rising ? window with { Above = cursor.Key, Rising = true } : window with { Below = cursor.Key, Rising = false };
            return true;
        }

        long below = 0, since = 0, min = 0;
        if ((page.MaxId is not null && !WireId.TryParse(page.MaxId, out below))
            || (page.SinceId is not null && !WireId.TryParseFloor(page.SinceId, out since))
            || (page.MinId is not null && !WireId.TryParseFloor(page.MinId, out min)))
        {
            return false;
        }

        window = window with
        {
            Below = page.MaxId is null ? null : below,
            Above = page.MinId is not null ? Math.Max(min, since) : page.SinceId is not null ? since : null,
            Rising = oldestFirst || page.MinId is not null,
        };
        return true;
    }

    /// <summary>Restricts a query to the window and asks for one row more than the page holds.</summary>
    public IQueryable<Comment> Apply(IQueryable<Comment> comments)
    {
        if (Below is { } below)
        {
            comments = comments.Where(comment => comment.Id < below);
        }

        if (Above is { } above)
        {
            comments = comments.Where(comment => comment.Id > above);
        }

        return (Rising ? comments.OrderBy(comment => comment.Id) : comments.OrderByDescending(comment => comment.Id)).Take(Size + 1);
    }

    /// <summary>Makes the page of what <see cref="Apply"/> read.</summary>
    public Page<CommentResponse> ToPage(List<CommentRow> rows)
    {
        var more = rows.Count > Size;
        if (more)
        {
            rows.RemoveRange(Size, rows.Count - Size);
        }

        var againstReading = Rising != OldestFirst;
        if (againstReading)
        {
            rows.Reverse();
        }

        if (rows.Count == 0)
        {
            return new Page<CommentResponse>([], NextCursor: null, PrevCursor: null);
        }

        // A page read backwards has at least the place it started from after it.
        var next = more || againstReading ? PageCursor.For(List, rows[^1].Id, PageDirection.Next) : null;
        var prev = PageCursor.For(List, rows[0].Id, PageDirection.Prev);
        return new Page<CommentResponse>(rows.ConvertAll(CommentProjection.ToResponse), next, prev);
    }
}
