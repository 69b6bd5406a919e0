using Pamps.ApiService.Contracts;
using Pamps.Tests.Features.Feeds;

namespace Pamps.Tests.Features.Tags;

/// <summary>Hashtags and their feeds.</summary>
public sealed class TagTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_tag_is_found_whatever_its_case_and_loses_posts_that_drop_it()
    {
        var ana = await api.SignedInAs("ana");
        var tag = $"T{Guid.NewGuid():N}"[..12];
        var one = await ana.CreatePostAsync($"#{tag}");
        var two = await ana.ReplyAsync(one, $"#{tag.ToLowerInvariant()} #{tag}");
        var path = $"/api/v1/tags/{tag.ToUpperInvariant()}/posts";
        Assert.Equal([two.Id, one.Id], await FeedSteps.WalkAsync(ana, 1, path));
        Assert.Equal([new TagResponse(tag.ToLowerInvariant(), 2)], (await ana.GetAsync<Page<TagResponse>>($"/api/v1/tags?q=%23{tag[..8]}")).Items);

        await ana.PutAsync<PostResponse>($"/api/v1/posts/{one.Id}", new EditPostRequest { Text = "nothing" });
        Assert.Equal([two.Id], await FeedSteps.WalkAsync(ana, 1, path));
        await ana.DeletePostAsync(two);
        Assert.Empty(await FeedSteps.WalkAsync(ana, 1, path));
        Assert.Empty((await ana.GetAsync<Page<TagResponse>>($"/api/v1/tags?q={tag}")).Items);
    }
}
