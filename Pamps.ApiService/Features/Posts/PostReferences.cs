using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Data;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Posts;

/// <summary>Turns the tags and mentions of a text into rows.</summary>
internal static class PostReferences
{
    /// <summary>Sets the tags and mentions of a new or reworded post; to be saved with it.</summary>
    public static async Task ApplyAsync(PampsDbContext db, Post post, PostText text, CancellationToken cancellationToken)
    {
        await ApplyTagsAsync(db, post, text, cancellationToken);

        // Only names that exist for the author: a mention reaches neither side of a block.
        string[] names = [.. text.Mentions];
        var accounts = names.Length == 0 ? [] : await db.Accounts.VisibleTo(db, post.AuthorId)
            .Where(account => names.Contains(account.Username))
            .ToDictionaryAsync(account => account.Username, account => account.Id, cancellationToken);
        post.MentionNames = [.. names.Where(accounts.ContainsKey)];
        post.Mentions.RemoveAll(mention => !accounts.ContainsValue(mention.AccountId));
        post.Mentions.AddRange(accounts.Values.Except(post.Mentions.Select(mention => mention.AccountId))
            .Select(id => new Mention { PostId = post.Id, AccountId = id }));
    }

    /// <summary>Sets the tags alone. Whom a post mentions was settled when it was written, and those people were told.</summary>
    public static async Task ApplyTagsAsync(PampsDbContext db, Post post, PostText text, CancellationToken cancellationToken)
    {
        post.Tags = [.. text.Tags];
        var tagIds = await TagIdsAsync(db, text, cancellationToken);
        post.PostTags.RemoveAll(tag => !tagIds.Contains(tag.TagId));
        post.PostTags.AddRange(tagIds.Except(post.PostTags.Select(tag => tag.TagId)).Select(id => new PostTag { PostId = post.Id, TagId = id }));
    }

    private static async Task<List<long>> TagIdsAsync(PampsDbContext db, PostText text, CancellationToken cancellationToken)
    {
        if (text.Tags.Count == 0)
        {
            return [];
        }

        // In one order everywhere, so that two posts with the same new tags do not lock each other out. A tag whose post
        // is not saved after all stays behind without posts, which no list shows.
        string[] names = [.. text.Tags.Select(PostText.Fold).Order(StringComparer.Ordinal)];
        await db.Database.ExecuteSqlAsync($"insert into tags (name) select unnest({names}) on conflict do nothing", cancellationToken);
        return await db.Tags.Where(tag => names.Contains(tag.Name)).Select(tag => tag.Id).ToListAsync(cancellationToken);
    }
}
