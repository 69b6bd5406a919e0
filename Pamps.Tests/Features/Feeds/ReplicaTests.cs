using Pamps.ApiService.Contracts;

namespace Pamps.Tests.Features.Feeds;

/// <summary>What one replica changes, the others show.</summary>
public sealed class ReplicaTests(SmallWindowFixture api) : IClassFixture<SmallWindowFixture>
{
    [Fact]
    public async Task Copies_in_the_memory_of_another_replica_end()
    {
        var here = await api.SignedInAs("reader");
        var author = await api.SignedInAs("author");
        var there = here.On(api.StartReplica());
        await here.FollowAsync(author);
        var post = await author.CreatePostAsync("before");
        await Eventually.Be(() => there.HomeAsync(), page => page.Items.Count == 1);

        await author.PutAsync<PostResponse>($"/api/v1/posts/{post.Id}", new EditPostRequest { Text = "after" });
        await Eventually.Be(() => there.GetAsync<PostResponse>($"/api/v1/posts/{post.Id}"), read => read.Text == "after");
        await here.LikeAsync(post);
        await Eventually.Be(() => there.HomeAsync(), page => page.Items[0] is { LikeCount: 1, Viewer.Liked: true });
        var second = await author.CreatePostAsync();
        await Eventually.Be(() => there.HomeAsync(), page => page.Items[0].Id == second.Id);
        await Eventually.Be(() => there.GetAsync<Page<PostResponse>>("/api/v1/feeds/public?limit=1"), page => page.Items[0].Id == second.Id);
        await author.DeletePostAsync(second);
        await Eventually.Be(() => there.HomeAsync(), page => page.Items[0].Id == post.Id);
        await author.BlockAsync(here);
        await Eventually.Be(() => there.HomeAsync(), page => page.Items.Count == 0);
    }
}
