using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Data;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Feeds;

/// <summary>
/// The home feed as the database knows it: the truth behind <see cref="FeedStore"/>, and the answer wherever that claims
/// nothing. Results are candidates: readers still filter by <see cref="Visibility"/>.
/// <para>
/// No shape is good for everybody. For few followees the newest posts of each are read from the index on author and id; the
/// cost grows with the followees. For many it is cheaper to walk the newest posts of all and keep those of followees, which
/// stops soon when a good part of the authors is followed and never when nobody followed writes; so the walk is bounded and
/// then gives way. Both are range scans of one index each, whose plan does not depend on the parameters.
/// </para>
/// </summary>
internal static class HomeQuery
{
    private const int ManyFollowees = 400;
    private const int WalkChunk = 1_000;
    private const int WalkChunks = 4;

    /// <summary>The newest candidates with <paramref name="above"/> &lt; id &lt; <paramref name="below"/>, newest first; all of them when fewer than asked for.</summary>
    public static async Task<List<long>> DownAsync(
        PampsDbContext db, Reader reader, long below, long above, int count, CancellationToken cancellationToken)
    {
        if (reader.Followees.Length <= ManyFollowees)
        {
            return await OfAuthorsDownAsync(db, [.. reader.Followees, reader.Id], below, above, count, cancellationToken);
        }

        var found = new List<long>(count);
        for (var chunk = 0; chunk < WalkChunks && found.Count < count; chunk++)
        {
            var rows = await db.Database.SqlQuery<Candidate>(
                $"""
                select id as "Id", author_id as "AuthorId" from posts
                where parent_id is null and published and deleted_at is null and hidden_at is null and id < {below} and id > {above}
                order by id desc limit {WalkChunk}
                """).ToListAsync(cancellationToken);
            found.AddRange(rows.Where(row => row.AuthorId == reader.Id || reader.Follows(row.AuthorId)).Select(row => row.Id).Take(count - found.Count));
            if (rows.Count < WalkChunk)
            {
                return found;
            }

            below = rows[^1].Id;
        }

        if (found.Count < count)
        {
            found.AddRange(await OfAuthorsDownAsync(db, [.. reader.Followees, reader.Id], below, above, count - found.Count, cancellationToken));
        }

        return found;
    }

    /// <summary>The oldest candidates with <paramref name="above"/> &lt; id &lt; <paramref name="below"/>, oldest first.</summary>
    public static Task<List<long>> UpAsync(
        PampsDbContext db, Reader reader, long below, long above, int count, CancellationToken cancellationToken)
    {
        long[] authors = [.. reader.Followees, reader.Id];
        return db.Database.SqlQuery<long>(
            $"""
            select post.id as "Value" from unnest({authors}) as author (id) cross join lateral (
                select p.id from posts p
                where p.author_id = author.id and p.id < {below} and p.id > {above}
                    and p.parent_id is null and p.published and p.deleted_at is null and p.hidden_at is null
                order by p.id limit {count}) as post
            order by post.id limit {count}
            """).ToListAsync(cancellationToken);
    }

    /// <summary>The newest posts of some authors that start a thread.</summary>
    public static Task<List<long>> OfAuthorsDownAsync(
        PampsDbContext db, long[] authors, long below, long above, int count, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<long>(
            $"""
            select post.id as "Value" from unnest({authors}) as author (id) cross join lateral (
                select p.id from posts p
                where p.author_id = author.id and p.id < {below} and p.id > {above}
                    and p.parent_id is null and p.published and p.deleted_at is null and p.hidden_at is null
                order by p.id desc limit {count}) as post
            order by post.id desc limit {count}
            """).ToListAsync(cancellationToken);

    private sealed record Candidate(long Id, long AuthorId);
}
