using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Data;

namespace Pamps.ApiService.Projections;

/// <summary>Readers in the memory of this process; see <see cref="CopyTrust"/> for how stale they can be.</summary>
internal sealed class ReaderCache(CopyTrust trust, TimeProvider clock)
{
    private const int Capacity = 10_000;

    private readonly CopyStore<Reader> _readers = new(Capacity);

    public IEnumerable<Reader> All => _readers.All;

    /// <summary>The reader if memory holds it, however old.</summary>
    public Reader? Peek(long id) => _readers.Find(id);

    /// <summary>The reader if memory holds it and may be trusted.</summary>
    public Reader? Find(long id) => _readers.Find(id) is { } reader && trust.Allows(reader.ReadAt) ? reader : null;

    public async ValueTask<Reader> ReadAsync(PampsDbContext db, long id, CancellationToken cancellationToken) =>
        Find(id) ?? await LoadAsync(db, id, cancellationToken);

    public async ValueTask<Reader?> ReadAsync(PampsDbContext db, long? id, CancellationToken cancellationToken) =>
        id is { } known ? await ReadAsync(db, known, cancellationToken) : null;

    public void Drop(long id) => _readers.Drop(id);

    public void Clear() => _readers.Clear();

    /// <summary>What each post is to the reader, in the order of the posts.</summary>
    public static async ValueTask<PostFlags[]> FlagsAsync(PampsDbContext db, Reader? reader, IReadOnlyList<PostBody> posts, CancellationToken cancellationToken)
    {
        var flags = new PostFlags[posts.Count];
        if (reader is null || reader.TryGetFlags(posts, flags))
        {
            return flags;
        }

        var stamp = reader.TakeFlagStamp();
        long[] ids = [.. posts.Select(post => post.Id)];
        var liked = await db.Likes.Where(like => like.AccountId == reader.Id && ids.Contains(like.PostId)).Select(like => new { like.PostId, Flag = 1 })
            .Concat(db.Bookmarks.Where(bookmark => bookmark.AccountId == reader.Id && ids.Contains(bookmark.PostId)).Select(bookmark => new { bookmark.PostId, Flag = 2 }))
            .ToListAsync(cancellationToken);
        var marks = liked.ToLookup(mark => mark.PostId, mark => (PostFlags)mark.Flag);
        for (var index = 0; index < flags.Length; index++)
        {
            var post = posts[index];
            flags[index] = marks[post.Id].Aggregate(
                PostFlags.SignedIn | (post.AuthorId == reader.Id ? PostFlags.CanEdit : PostFlags.None), (all, flag) => all | flag);
            reader.PutFlags(post.Id, flags[index], stamp);
        }

        return flags;
    }

    /// <summary>The reader as the database knows it now, stored nowhere.</summary>
    public static Task<Reader> ReadPastMemoryAsync(PampsDbContext db, long id, CancellationToken cancellationToken) =>
        QueryAsync(db, id, readAt: 0, cancellationToken);

    private async Task<Reader> LoadAsync(PampsDbContext db, long id, CancellationToken cancellationToken)
    {
        var readAt = clock.GetTimestamp();
        var stamp = _readers.StampOf(id);
        var reader = await QueryAsync(db, id, readAt, cancellationToken);
        _readers.Put(id, reader, stamp);
        return reader;
    }

    private static async Task<Reader> QueryAsync(PampsDbContext db, long id, long readAt, CancellationToken cancellationToken)
    {
        var far = DateTimeOffset.MaxValue;

        // One statement, so that all of it is of one moment: a version newer than the list of followees would let a feed
        // in Redis be trusted that does not hold them yet.
        var row = await db.Database.SqlQuery<ReaderRow>(
            $"""
            select
                coalesce((select feed_version from accounts where id = {id}), 0) as feed_version,
                coalesce((select last_seen_at from accounts where id = {id}), '-infinity') as seen_at,
                array(select followee_id from follows where follower_id = {id} order by 1) as followees,
                array(select f.followee_id from follows f join accounts a on a.id = f.followee_id
                      where f.follower_id = {id} and a.pulled_feeds order by 1) as pulled,
                array(select blocked_id from blocks where blocker_id = {id}
                      union select blocker_id from blocks where blocked_id = {id} order by 1) as blocked,
                array(select muted_id from mutes where muter_id = {id} order by muted_id) as muted,
                array(select coalesce(expires_at, {far}) from mutes where muter_id = {id} order by muted_id) as muted_until
            """).SingleAsync(cancellationToken);
        return new Reader
        {
            Id = id,
            FeedVersion = row.FeedVersion,
            Followees = row.Followees,
            Pulled = row.Pulled,
            Blocked = row.Blocked,
            Muted = row.Muted,
            MutedUntil = [.. row.MutedUntil.Select(until => new DateTimeOffset(until, TimeSpan.Zero))],
            SeenAt = new DateTimeOffset(row.SeenAt, TimeSpan.Zero),
            ReadAt = readAt,
        };
    }

    private sealed record ReaderRow
    {
        [Column("feed_version")]
        public long FeedVersion { get; init; }

        [Column("seen_at")]
        public DateTime SeenAt { get; init; }

        [Column("followees")]
        public long[] Followees { get; init; } = [];

        [Column("pulled")]
        public long[] Pulled { get; init; } = [];

        [Column("blocked")]
        public long[] Blocked { get; init; } = [];

        [Column("muted")]
        public long[] Muted { get; init; } = [];

        [Column("muted_until")]
        public DateTime[] MutedUntil { get; init; } = [];
    }
}
