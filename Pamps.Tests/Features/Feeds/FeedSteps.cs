using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Features.Feeds;

namespace Pamps.Tests.Features.Feeds;

/// <summary>What tests of feeds do again and again.</summary>
internal static class FeedSteps
{
    /// <summary>Reads a feed page by page to its end, by the cursors of the body.</summary>
    public static async Task<List<string>> WalkAsync(TestUser reader, int limit, string path = "/api/v1/feeds/home")
    {
        var ids = new List<string>();
        var page = await reader.GetAsync<Page<PostResponse>>($"{path}?limit={limit}");
        ids.AddRange(page.Items.Select(post => post.Id));
        while (page.NextCursor is not null)
        {
            page = await reader.GetAsync<Page<PostResponse>>($"{path}?limit={limit}&cursor={page.NextCursor}");
            ids.AddRange(page.Items.Select(post => post.Id));
        }

        return ids;
    }

    /// <summary>What the home feed of an account has to be, by one plain query that shares nothing with the product.</summary>
    public static Task<List<string>> TruthAsync(ApiFixture api, TestUser reader)
    {
        var id = long.Parse(reader.Id, CultureInfo.InvariantCulture);
        return api.WithDatabase(async db => (await db.Posts
                .Where(post => post.ParentId == null && post.Published && post.DeletedAt == null && post.HiddenAt == null)
                .Where(post => post.AuthorId == id || db.Follows.Any(follow => follow.FollowerId == id && follow.FolloweeId == post.AuthorId))
                .Where(post => !db.Mutes.Any(mute => mute.MuterId == id && mute.MutedId == post.AuthorId))
                .OrderByDescending(post => post.Id).Select(post => post.Id).ToListAsync())
            .ConvertAll(post => post.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>Waits until all side effects are done.</summary>
    public static Task SettleAsync(ApiFixture api) =>
        Eventually.Be(() => api.WithDatabase(db => db.OutboxMessages.CountAsync()), waiting => waiting == 0);

    /// <summary>Reads until the feed of an account is in Redis and claims something; its floor.</summary>
    public static async Task<long> WarmAsync(ApiFixture api, TestUser reader)
    {
        var store = api.Services.GetRequiredService<FeedStore>();
        var limit = 1;
        var slice = await Eventually.Be(
            async () =>
            {
                // Another size each time, so that memory does not answer.
                await reader.HomeAsync($"?limit={(limit++ % 40) + 1}");
                return await store.DescribeAsync(long.Parse(reader.Id, CultureInfo.InvariantCulture));
            },
            slice => slice is not null);
        return slice!.Floor;
    }
}
