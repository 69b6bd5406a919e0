using Pamps.ApiService.Contracts;

namespace Pamps.Tests.Features.Blocks;

/// <summary>Blocks are mutual and total, mutes one-sided and silent.</summary>
public sealed class BlockTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Every_list_leaves_out_who_is_blocked_in_either_direction()
    {
        var ana = await api.SignedInAs("ana");
        var bia = await api.SignedInAs("bia");
        var rui = await api.SignedInAs("rui");
        await ana.FollowAsync(bia);
        await bia.FollowAsync(ana);
        await rui.FollowAsync(bia);
        await bia.FollowAsync(rui);
        var word = $"palavra{Guid.NewGuid():N}"[..20];
        var post = await rui.CreatePostAsync();
        var hers = await bia.CreatePostAsync($"{word} #{word}");
        var reply = await bia.ReplyAsync(post, word);
        await bia.LikeAsync(post);
        await rui.LikeAsync(hers);
        await ana.PutAsync<BookmarkResponse>($"/api/v1/posts/{hers.Id}/bookmark");
        string[] lists =
        [
            "/api/v1/feeds/home",
            "/api/v1/feeds/public",
            $"/api/v1/posts/{post.Id}/replies",
            $"/api/v1/posts/{post.Id}/thread",
            $"/api/v1/posts/{post.Id}/likes",
            $"/api/v1/accounts/{rui.Username}/likes",
            $"/api/v1/accounts/{rui.Username}/followers",
            $"/api/v1/accounts/{rui.Username}/following",
            $"/api/v1/tags/{word}/posts",
            $"/api/v1/search?q={word}",
            $"/api/v1/search?type=accounts&q={bia.Username}",
            "/api/v1/me/bookmarks",
        ];
        foreach (var list in lists)
        {
            Assert.Contains(bia.Username, await ana.Http.GetStringAsync(new Uri(list, UriKind.Relative)), StringComparison.Ordinal);
        }

        foreach (var (blocker, blocked) in new[] { (bia, ana), (ana, bia) })
        {
            var relation = await blocker.BlockAsync(blocked);
            Assert.Equal((true, false, false, true), (relation.Relationship.Blocking, relation.Relationship.Following, relation.Relationship.FollowedBy, relation.Changed));
            foreach (var list in lists)
            {
                Assert.DoesNotContain($"\"{bia.Username}\"", await ana.Http.GetStringAsync(new Uri(list, UriKind.Relative)), StringComparison.Ordinal);
            }

            foreach (var path in new[] { $"/api/v1/posts/{hers.Id}", $"/api/v1/accounts/{bia.Username}/posts", $"/api/v1/posts/{reply.Id}/thread" })
            {
                using var hidden = await ana.Http.GetAsync(new Uri(path, UriKind.Relative));
                await hidden.ShouldBeProblemAsync(404, "not_found");
            }

            using var like = await ana.Http.PutAsync(new Uri($"/api/v1/posts/{hers.Id}/like", UriKind.Relative), null);
            await like.ShouldBeProblemAsync(404, "not_found");
            using var follow = await ana.Http.PutAsync(new Uri($"/api/v1/accounts/{bia.Username}/follow", UriKind.Relative), null);
            await follow.ShouldBeProblemAsync(404, "not_found");
            Assert.Empty((await ana.CreatePostAsync($"@{bia.Username}")).Mentions);
            await blocker.DeleteAsync($"/api/v1/accounts/{blocked.Username}/block");
            Assert.Equal(hers.Id, (await ana.GetAsync<PostResponse>($"/api/v1/posts/{hers.Id}")).Id);
        }
    }

    [Fact]
    public async Task A_mute_is_silent_replaces_itself_and_ends()
    {
        var ana = await api.SignedInAs("ana");
        var bia = await api.SignedInAs("bia");
        var first = await ana.PutAsync<RelationshipResponse>($"/api/v1/accounts/{bia.Username}/mute", new MuteRequest { ExpiresIn = 3600, Notifications = false });
        Assert.Equal((true, true), (first.Relationship.Muting, first.Changed));
        var second = await ana.PutAsync<RelationshipResponse>($"/api/v1/accounts/{bia.Username}/mute");
        Assert.False(second.Changed);
        var muted = Assert.Single((await ana.GetAsync<Page<MuteResponse>>("/api/v1/me/mutes")).Items);
        Assert.Equal((bia.Username, null, true), (muted.Account.Username, muted.ExpiresAt, muted.Notifications));
        Assert.False((await bia.GetAsync<IReadOnlyList<Relationship>>($"/api/v1/relationships?ids={ana.Id}"))[0].Muting);

        await api.Database.ExecuteAsync($"update mutes set expires_at = now() - interval '1 second' where muter_id = {ana.Id}");
        Assert.Empty((await ana.GetAsync<Page<MuteResponse>>("/api/v1/me/mutes")).Items);
        Assert.False((await ana.GetAsync<IReadOnlyList<Relationship>>($"/api/v1/relationships?ids={bia.Id}"))[0].Muting);
    }

    [Fact]
    public async Task Nobody_blocks_mutes_or_follows_themselves()
    {
        var ana = await api.SignedInAs("ana");
        foreach (var verb in new[] { "block", "mute", "follow" })
        {
            using var response = await ana.Http.PutAsync(new Uri($"/api/v1/accounts/{ana.Username}/{verb}", UriKind.Relative), null);
            await response.ShouldBeProblemAsync(400, "validation_failed");
        }
    }
}
