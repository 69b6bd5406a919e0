using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Projections;

/// <summary>A list of posts as a feed that anybody may read.</summary>
internal static class PostRss
{
    /// <summary>The newest of the posts.</summary>
    /// <param name="posts">Posts that everybody may see.</param>
    /// <param name="title">What the feed is about.</param>
    /// <param name="http">The request.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public static async Task<FileContentHttpResult> AnswerAsync(IQueryable<Post> posts, string title, HttpContext http, CancellationToken cancellationToken)
    {
        var rows = await posts.AsNoTracking().OrderByDescending(post => post.Id).Take(RssFeed.Size)
            .Select(post => new { post.Id, post.Title, post.Text, post.Author.Username, post.CreatedAt, post.EditedAt })
            .ToListAsync(cancellationToken);
        return RssFeed.Answer(http, title, link: null, rows.ConvertAll(row => new RssItem(
            row.Title ?? $"Post by {row.Username}",
            row.Username,
            RssFeed.Address(http.Request, $"/api/v1/posts/{WireId.Format(row.Id)}"),
            row.Text,
            row.CreatedAt,
            row.EditedAt ?? row.CreatedAt,
            $"{http.Request.Host}/api/v1/posts/{WireId.Format(row.Id)}")));
    }
}
