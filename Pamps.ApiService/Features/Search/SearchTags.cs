using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Search;

/// <summary>Finds hashtags that contain some letters, the most used first.</summary>
internal static class SearchTags
{
    public static async Task<SearchResponse> FindAsync(
        PampsDbContext db, string text, long? readerId, DateTimeOffset now, SearchPlace place, int size, CancellationToken cancellationToken)
    {
        var listed = db.Posts.ListedFor(db, readerId, now);
        var found = await db.Tags.Where(tag => tag.Name.Contains(text))
            .Select(tag => new { tag.Id, tag.Name, Count = db.PostTags.Count(postTag => postTag.TagId == tag.Id && listed.Any(post => post.Id == postTag.PostId)) })
            .Where(tag => tag.Count > 0 && (tag.Count < place.Rank || (tag.Count == place.Rank && tag.Id < place.Id)))
            .OrderByDescending(tag => tag.Count).ThenByDescending(tag => tag.Id).Take(size + 1).ToListAsync(cancellationToken);
        var next = found.Count > size ? new SearchPlace(found[size - 1].Count, found[size - 1].Id).ToCursor("tags") : null;
        return new SearchResponse("tags", [], [], [.. found.Take(size).Select(tag => new TagResponse(tag.Name, tag.Count))], next);
    }
}
