using Pamps.ApiService.Contracts;

namespace Pamps.Tests.Features.Likes;

/// <summary>Likes are states, not events: to say it twice is to say it once.</summary>
public sealed class LikeTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Liking_twice_counts_once()
    {
        var ana = await api.SignedInAs("ana");
        var bia = await api.SignedInAs("bia");
        var post = await ana.CreatePostAsync();
        Assert.Equal(new LikeResponse(post.Id, true, 1, true), await bia.LikeAsync(post));
        Assert.Equal(new LikeResponse(post.Id, true, 1, false), await bia.LikeAsync(post));
        await ana.LikeAsync(post);
        Assert.Equal([ana.Username, bia.Username], (await ana.GetAsync<Page<AccountSummary>>($"/api/v1/posts/{post.Id}/likes")).Items.Select(account => account.Username));
        Assert.Equal([post.Id], (await ana.GetAsync<Page<PostResponse>>($"/api/v1/accounts/{bia.Username}/likes")).Items.Select(item => item.Id));

        await bia.DeleteAsync($"/api/v1/posts/{post.Id}/like");
        await bia.DeleteAsync($"/api/v1/posts/{post.Id}/like");
        var read = await bia.GetAsync<PostResponse>($"/api/v1/posts/{post.Id}");
        Assert.Equal((1, false), (read.LikeCount, read.Viewer!.Liked));
    }

    [Fact]
    public async Task Fifty_likes_at_once_are_fifty()
    {
        var ana = await api.SignedInAs("ana");
        var post = await ana.CreatePostAsync();
        var people = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => api.SignedInAs("someone")));
        await Task.WhenAll(people.SelectMany(person => Enumerable.Range(0, 5).Select(_ => person.LikeAsync(post))));
        Assert.Equal(10, (await ana.GetAsync<PostResponse>($"/api/v1/posts/{post.Id}")).LikeCount);
    }
}
