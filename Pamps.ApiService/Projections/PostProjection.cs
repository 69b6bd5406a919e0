using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;

namespace Pamps.ApiService.Projections;

/// <summary>Posts as readers get them.</summary>
internal sealed class PostProjection(PampsDbContext db, PostCache posts, ReaderCache readers)
{
    /// <summary>The posts in the order of the ids, without those that the reader may not see. Two queries at most, none when memory holds all.</summary>
    public async Task<IReadOnlyList<PostResponse>> ReadAsync(IReadOnlyList<long> ids, long? readerId, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var reader = readerId is { } id ? await readers.ReadAsync(db, id, cancellationToken) : null;
        var bodies = (await posts.ReadAsync(db, ids, cancellationToken)).Where(body => body is not null && Visibility.CanRead(body, reader)).ToList();
        return await ToResponsesAsync(bodies!, reader, cancellationToken);
    }

    /// <summary>One post, or null when the reader may not see it.</summary>
    public async Task<PostResponse?> ReadAsync(long id, long? readerId, CancellationToken cancellationToken) =>
        (await ReadAsync([id], readerId, cancellationToken)).SingleOrDefault();

    /// <summary>One post as it stands in the caller's transaction: past memory, because the transaction may yet fail.</summary>
    public async Task<PostResponse> ReadUncommittedAsync(long id, long readerId, CancellationToken cancellationToken)
    {
        var body = (await LoadAsync(db, [id], readAt: 0, cancellationToken)).Single();
        var reader = await readers.ReadAsync(db, readerId, cancellationToken);
        return (await ToResponsesAsync([body], reader, cancellationToken)).Single();
    }

    /// <summary>Bodies as objects, tombstones included, with the state of the reader.</summary>
    public async Task<IReadOnlyList<PostResponse>> ToResponsesAsync(IReadOnlyList<PostBody> bodies, Reader? reader, CancellationToken cancellationToken)
    {
        var flags = await ReaderCache.FlagsAsync(db, reader, bodies, cancellationToken);
        var responses = new PostResponse[bodies.Count];
        for (var index = 0; index < responses.Length; index++)
        {
            responses[index] = PostJson.Read(bodies[index], flags[index]);
        }

        return responses;
    }

    /// <summary>Reads and writes down posts; in no order, and none for unknown ids.</summary>
    internal static async Task<List<PostBody>> LoadAsync(PampsDbContext db, long[] ids, long readAt, CancellationToken cancellationToken)
    {
        var rows = await db.Posts.AsNoTracking().Where(post => ids.Contains(post.Id))
            .Select(post => new
            {
                Post = post,
                post.Author.Username,
                post.Author.DisplayName,
                post.Author.AvatarUrl,
                AuthorGone = post.Author.SuspendedAt != null || post.Author.DeletedAt != null,
            })
            .ToListAsync(cancellationToken);
        return rows.ConvertAll(row =>
        {
            var post = row.Post;
            var state = post.DeletedAt is not null || post.HiddenAt is not null || row.AuthorGone ? PostState.Gone
                : post.Published ? PostState.Visible : PostState.Draft;
            var response = state is PostState.Gone
                ? Tombstone(post)
                : new PostResponse(
                    Text(post.Id),
                    new AccountSummary(Text(post.AuthorId), row.Username, row.DisplayName, row.AvatarUrl),
                    post.Text,
                    post.Title,
                    post.Lang,
                    post.ParentId is { } parentId ? Text(parentId) : null,
                    post.Tags,
                    post.MentionNames,
                    post.CreatedAt,
                    post.EditedAt,
                    post.Version,
                    post.Published,
                    Deleted: false,
                    post.LikeCount,
                    post.ReplyCount,
                    Viewer: null);
            var (json, hash) = PostJson.Write(response);
            return new PostBody
            {
                Id = post.Id,
                AuthorId = post.AuthorId,
                ParentId = post.ParentId,
                State = state,
                Version = post.Version,
                Json = json,
                Hash = hash,
                ReadAt = readAt,
            };
        });
    }

    private static PostResponse Tombstone(Post post) => new(
        Text(post.Id),
        Author: null,
        Text: "",
        Title: null,
        Lang: null,
        post.ParentId is { } parentId ? Text(parentId) : null,
        Tags: [],
        Mentions: [],
        post.CreatedAt,
        EditedAt: null,
        post.Version,
        Published: true,
        Deleted: true,
        LikeCount: 0,
        post.ReplyCount,
        Viewer: null);

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
