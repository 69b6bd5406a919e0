using Pamps.ApiService.Contracts;

namespace Pamps.Tests.Features.Bookmarks;

/// <summary>What one keeps for oneself.</summary>
public sealed class BookmarkTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Bookmarks_are_private_and_in_the_order_they_were_made()
    {
        var ana = await api.SignedInAs("ana");
        var bia = await api.SignedInAs("bia");
        var one = await ana.CreatePostAsync();
        var two = await ana.CreatePostAsync();
        await bia.PutAsync<BookmarkResponse>($"/api/v1/posts/{two.Id}/bookmark");
        await bia.PutAsync<BookmarkResponse>($"/api/v1/posts/{one.Id}/bookmark");
        Assert.False((await bia.PutAsync<BookmarkResponse>($"/api/v1/posts/{one.Id}/bookmark")).Changed);
        Assert.Equal([one.Id, two.Id], (await bia.GetAsync<Page<PostResponse>>("/api/v1/me/bookmarks")).Items.Select(post => post.Id));
        var first = await bia.GetAsync<Page<PostResponse>>("/api/v1/me/bookmarks?limit=1");
        Assert.Equal([two.Id], (await bia.GetAsync<Page<PostResponse>>($"/api/v1/me/bookmarks?limit=1&cursor={first.NextCursor}")).Items.Select(post => post.Id));
        Assert.False((await ana.GetAsync<PostResponse>($"/api/v1/posts/{one.Id}")).Viewer!.Bookmarked);
        await bia.DeleteAsync($"/api/v1/posts/{one.Id}/bookmark");
        Assert.False((await bia.GetAsync<PostResponse>($"/api/v1/posts/{one.Id}")).Viewer!.Bookmarked);
        using var byId = await bia.Http.GetAsync(new Uri($"/api/v1/me/bookmarks?max_id={two.Id}", UriKind.Relative));
        await byId.ShouldBeProblemAsync(400, "invalid_cursor");
    }
}
