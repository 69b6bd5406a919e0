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
        var ready = await stream.NextAsync();
        Assert.Equal(("ready", 1, false), (ready.Type, ready.Data.GetProperty("count").GetInt32(), ready.Data.GetProperty("more").GetBoolean()));

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

    [Fact]
    public async Task Counting_stops_at_a_hundred_and_leaves_out_what_is_hidden_however_much_that_is()
    {
        var (ana, bia, rui) = (await api.SignedInAs("ana"), await api.SignedInAs("bia"), await api.SignedInAs("rui"));
        await StoreAsync(ana, rui, 3);
        await StoreAsync(ana, bia, 150);
        Assert.Equal(new UnreadCountResponse(100, More: true), await CountAsync(ana));

        await ana.BlockAsync(bia);
        Assert.Equal(new UnreadCountResponse(3, More: false), await CountAsync(ana));

        Assert.Equal(new UnreadCountResponse(0, More: false), await CountAsync(rui));
    }

    private static Task<UnreadCountResponse> CountAsync(TestUser user) => user.GetAsync<UnreadCountResponse>("/api/v1/notifications/unread-count");

    private Task<int> StoreAsync(TestUser recipient, TestUser actor, int count) => api.Database.ExecuteAsync($"""
        insert into notifications (recipient_id, type, subject, actor_id, created_at)
        select {recipient.Id}, 'Follow', 'account:{actor.Id}:' || number, {actor.Id}, now() from generate_series(1, {count}) number
        """);

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
