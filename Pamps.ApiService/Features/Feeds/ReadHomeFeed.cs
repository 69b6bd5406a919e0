using Microsoft.AspNetCore.Http.HttpResults;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Projections;

namespace Pamps.ApiService.Features.Feeds;

internal static class ReadHomeFeed
{
    /// <summary>Reads the caller's home feed: posts of followed accounts and own ones, without replies, the newest first.</summary>
    public static async Task<Results<PostPage, ProblemHttpResult>> HandleAsync(
        [AsParameters] PageQuery page, HomeFeed feed, CurrentUser user, HttpContext context, CancellationToken cancellationToken)
    {
        if (!page.TryResolve(HomeFeed.List, out var window))
        {
            return Problems.InvalidCursor();
        }

        var readerId = user.RequiredId;
        var answer = page.IsFirstPage
            ? feed.FindFirstPage(readerId, window.Size) ?? await feed.ReadFirstPageAsync(Database(), readerId, window.Size, cancellationToken)
            : feed.FindPage(readerId, window) ?? await feed.ReadAsync(Database(), readerId, window, cancellationToken);
        PageLinks.Write(context, answer.NextCursor, answer.PrevCursor);
        return answer;

        // Only asked for when memory does not know: renting a context costs as much as the whole rest.
        PampsDbContext Database() => context.RequestServices.GetRequiredService<PampsDbContext>();
    }
}
