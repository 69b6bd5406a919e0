using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Projections;

/// <summary>A place of a list of posts: the key the list is ordered by, and the post.</summary>
internal sealed record PostPlace(long Key, long PostId);

/// <summary>Makes pages of posts from queries: ids by keyset from the database, bodies from memory.</summary>
internal sealed class PostLists(PampsDbContext db, PostCache cache, ReaderCache readers)
{
    /// <summary>A page of a list ordered by the posts' own ids. The query has already left out what the reader may not see.</summary>
    public Task<PostPage> ReadAsync(IQueryable<Post> posts, PageWindow window, long? readerId, HttpContext context, CancellationToken cancellationToken) =>
        ReadAsync(window.Apply(posts, post => post.Id).Select(post => new PostPlace(post.Id, post.Id)), window, readerId, context, cancellationToken);

    /// <summary>A page of a list ordered by something else, such as when a post was liked.</summary>
    public async Task<PostPage> ReadAsync(
        IQueryable<PostPlace> places, PageWindow window, long? readerId, HttpContext context, CancellationToken cancellationToken)
    {
        var page = window.ToPage(await places.ToListAsync(cancellationToken), place => place.Key, place => place.PostId);
        PageLinks.Write(context, page.NextCursor, page.PrevCursor);
        var reader = await readers.ReadAsync(db, readerId, cancellationToken);

        // A post can vanish between the two reads; the page is then one shorter, which is not the end of the list.
        var bodies = page.Items.Count == 0 ? [] : (await cache.ReadAsync(db, page.Items, cancellationToken))
            .OfType<PostBody>().Where(body => Visibility.CanRead(body, reader)).ToList();
        var flags = await ReaderCache.FlagsAsync(db, reader, bodies, cancellationToken);
        return new PostPage(bodies, flags, page.NextCursor, page.PrevCursor);
    }
}
