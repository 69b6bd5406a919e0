using Pamps.ApiService.Contracts;
using Pamps.Tests.Features.Feeds;
using Pamps.Tests.Features.Streams;

namespace Pamps.Tests.Features.Notifications;

/// <summary>How many notifications wait is one number, wherever it is asked for or pushed.</summary>
public sealed class UnreadTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_stream_counts_what_the_count_counts_before_during_and_after_a_mute()
    {
        var (ana, bia, rui) = (await api.SignedInAs("ana"), await api.SignedInAs("bia"), await api.SignedInAs("rui"));
        var post = await ana.CreatePostAsync();
        await bia.LikeAsync(post);
        await FeedSteps.SettleAsync(api);
        using var stream = await OpenedStream.OpenAsync(ana, "notifications");
        Assert.Equal("ready", (await stream.NextAsync()).Type);

        await ana.PutAsync<RelationshipResponse>($"/api/v1/accounts/{bia.Username}/mute");
        Assert.Equal(0, await PushedAsync(stream));
        Assert.Equal((0, 0), await AskedAsync(ana));

        await rui.LikeAsync(post);
        Assert.Equal("notification", (await stream.NextAsync()).Type);
        Assert.Equal(1, await PushedAsync(stream));
        Assert.Equal((1, 1), await AskedAsync(ana));

        await ana.DeleteAsync($"/api/v1/accounts/{bia.Username}/mute");
        Assert.Equal(2, await PushedAsync(stream));
        Assert.Equal((2, 2), await AskedAsync(ana));

        await ana.BlockAsync(rui);
        Assert.Equal(1, await PushedAsync(stream));
        Assert.Equal((1, 1), await AskedAsync(ana));
    }

    private static async Task<int> PushedAsync(OpenedStream stream)
    {
        var (_, type, data) = await stream.NextAsync();
        Assert.Equal("unread", type);
        return data.GetProperty("count").GetInt32();
    }

    private static async Task<(int Count, int OfPage)> AskedAsync(TestUser user) => (
        (await user.GetAsync<UnreadCountResponse>("/api/v1/notifications/unread-count")).Count,
        (await user.GetAsync<NotificationsResponse>("/api/v1/notifications?limit=1")).UnreadCount);
}
