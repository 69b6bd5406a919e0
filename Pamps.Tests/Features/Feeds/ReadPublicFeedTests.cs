using Pamps.ApiService.Contracts;

namespace Pamps.Tests.Features.Feeds;

/// <summary>A public feed that keeps three posts in memory, so that its edge is crossed.</summary>
public sealed class SmallPublicWindowFixture : ApiFixture
{
    /// <inheritdoc />
    protected override void Configure(ApiSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings["Feeds:PublicWindow"] = "3";
    }
}

/// <summary>The feed of everybody. The tests of this class run one after the other and share the feed.</summary>
public sealed class ReadPublicFeedTests(SmallPublicWindowFixture api) : IClassFixture<SmallPublicWindowFixture>
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Walking_down_and_up_finds_every_post_once(int limit)
    {
        var ana = await api.SignedInAs("ana");
        var bia = await api.SignedInAs("bia");
        await ana.GetAsync<Page<PostResponse>>("/api/v1/feeds/public");
        var before = (await FeedSteps.WalkAsync(ana, 40, "/api/v1/feeds/public")).Count;
        var expected = new List<string>();
        for (var index = 0; index < 9; index++)
        {
            var post = await (index % 2 == 0 ? ana : bia).CreatePostAsync();
            await ana.ReplyAsync(post);
            expected.Insert(0, post.Id);
        }

        await ana.CreatePostAsync(new CreatePostRequestBuilder().AsDraft().Build());
        var walked = await FeedSteps.WalkAsync(ana, limit, "/api/v1/feeds/public");
        Assert.Equal(expected, walked[..9]);
        Assert.Equal(before + 9, walked.Count);

        var upwards = new List<string>();
        var page = await ana.GetAsync<Page<PostResponse>>($"/api/v1/feeds/public?limit={limit}&min_id=0");
        while (page.Items.Count > 0)
        {
            upwards.InsertRange(0, page.Items.Select(post => post.Id));
            page = await ana.GetAsync<Page<PostResponse>>($"/api/v1/feeds/public?limit={limit}&cursor={page.PrevCursor}");
        }

        Assert.Equal(walked, upwards);
    }

    [Fact]
    public async Task Blocked_and_muted_authors_are_left_out_and_the_page_is_filled()
    {
        var ana = await api.SignedInAs("ana");
        var bia = await api.SignedInAs("bia");
        var rui = await api.SignedInAs("rui");
        var seen = await ana.CreatePostAsync();
        for (var index = 0; index < 6; index++)
        {
            await bia.CreatePostAsync();
            await rui.CreatePostAsync();
        }

        await bia.BlockAsync(ana);
        await ana.PutAsync<RelationshipResponse>($"/api/v1/accounts/{rui.Username}/mute");
        Assert.Equal(seen.Id, (await ana.GetAsync<Page<PostResponse>>("/api/v1/feeds/public?limit=2")).Items[0].Id);
    }

    [Fact]
    public async Task Deleting_shows_at_once()
    {
        var ana = await api.SignedInAs("ana");
        var post = await ana.CreatePostAsync();
        Assert.Equal(post.Id, (await ana.GetAsync<Page<PostResponse>>("/api/v1/feeds/public?limit=1")).Items[0].Id);
        await ana.DeletePostAsync(post);
        Assert.DoesNotContain((await ana.GetAsync<Page<PostResponse>>("/api/v1/feeds/public?limit=1")).Items, item => item.Id == post.Id);
        await ana.PostAsync<PostResponse>($"/api/v1/posts/{post.Id}/restore");
        Assert.Equal(post.Id, (await ana.GetAsync<Page<PostResponse>>("/api/v1/feeds/public?limit=1")).Items[0].Id);
    }
}
