using System.Net.Http.Json;
using Pamps.ApiService.Contracts;
using Pamps.Tests.Features.Feeds;

namespace Pamps.Tests.Features.Notifications;

/// <summary>Who is told of what.</summary>
public sealed class NotificationTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Follows_replies_mentions_and_likes_are_told_once()
    {
        var ana = await api.SignedInAs("ana");
        var bia = await api.SignedInAs("bia");
        var rui = await api.SignedInAs("rui");
        var post = await ana.CreatePostAsync($"hello @{ana.Username}");
        await bia.FollowAsync(ana);
        await bia.ReplyAsync(post, $"@{ana.Username} hi");
        var mention = await rui.CreatePostAsync($"ask @{ana.Username}");
        for (var time = 0; time < 2; time++)
        {
            await bia.LikeAsync(post);
            await rui.LikeAsync(post);
            await bia.DeleteAsync($"/api/v1/posts/{post.Id}/like");
            await FeedSteps.SettleAsync(api);
        }

        await rui.PutAsync<PostResponse>($"/api/v1/posts/{mention.Id}", new EditPostRequest { Text = $"ask @{ana.Username} again" });
        await FeedSteps.SettleAsync(api);
        var page = await ana.GetAsync<Page<NotificationResponse>>("/api/v1/notifications");
        Assert.Equal(
            [NotificationType.Follow, NotificationType.Like, NotificationType.Mention, NotificationType.Reply],
            page.Items.Select(item => item.Type).Order(Comparer<NotificationType>.Create((one, other) => string.CompareOrdinal(one.ToString(), other.ToString()))));
        var likes = page.Items.Single(item => item.Type is NotificationType.Like);
        Assert.Equal((2, post.Id), (likes.ActorCount, likes.Post!.Id));
        Assert.Equal(2, likes.Actors.Count);
        Assert.Equal(new UnreadCountResponse(5, false), await ana.GetAsync<UnreadCountResponse>("/api/v1/notifications/unread-count"));

        Assert.Equal(3, (await ana.PostAsync<UnreadCountResponse>("/api/v1/notifications/read", new MarkNotificationsReadRequest { Ids = [likes.Id] })).Count);
        Assert.Equal(3, (await ana.GetAsync<Page<NotificationResponse>>("/api/v1/notifications?unreadOnly=true")).Items.Count);
        Assert.Single((await ana.GetAsync<Page<NotificationResponse>>("/api/v1/notifications?types=follow")).Items);
        Assert.Equal(0, (await ana.PostAsync<UnreadCountResponse>("/api/v1/notifications/read", new MarkNotificationsReadRequest { UpToId = page.Items[0].Id })).Count);
        Assert.Empty((await rui.GetAsync<Page<NotificationResponse>>("/api/v1/notifications")).Items);
    }

    [Fact]
    public async Task Pages_of_notifications_do_not_repeat()
    {
        var ana = await api.SignedInAs("ana");
        var bia = await api.SignedInAs("bia");
        for (var index = 0; index < 5; index++)
        {
            await bia.ReplyAsync(await ana.CreatePostAsync());
        }

        await FeedSteps.SettleAsync(api);
        var ids = new List<string>();
        var page = await ana.GetAsync<Page<NotificationResponse>>("/api/v1/notifications?limit=2");
        ids.AddRange(page.Items.Select(item => item.Id));
        while (page.NextCursor is not null)
        {
            page = await ana.GetAsync<Page<NotificationResponse>>($"/api/v1/notifications?limit=2&cursor={page.NextCursor}");
            ids.AddRange(page.Items.Select(item => item.Id));
        }

        Assert.Equal(5, ids.Distinct().Count());
        Assert.Equal(5, ids.Count);
    }

    [Fact]
    public async Task Muted_and_blocked_accounts_and_deleted_posts_tell_nothing()
    {
        var ana = await api.SignedInAs("ana");
        var bia = await api.SignedInAs("bia");
        var rui = await api.SignedInAs("rui");
        var post = await ana.CreatePostAsync();
        await ana.PutAsync<RelationshipResponse>($"/api/v1/accounts/{bia.Username}/mute");
        await bia.LikeAsync(post);
        await bia.ReplyAsync(post);
        var reply = await rui.ReplyAsync(post);
        await FeedSteps.SettleAsync(api);
        Assert.Single((await ana.GetAsync<Page<NotificationResponse>>("/api/v1/notifications")).Items);
        await rui.DeletePostAsync(reply);
        Assert.Empty((await ana.GetAsync<Page<NotificationResponse>>("/api/v1/notifications")).Items);
        Assert.Equal(0, (await ana.GetAsync<UnreadCountResponse>("/api/v1/notifications/unread-count")).Count);
    }

    [Fact]
    public async Task Marking_takes_one_way_of_naming()
    {
        var ana = await api.SignedInAs("ana");
        foreach (var body in new object[] { new { }, new { upToId = "1", ids = new[] { "1" } }, new { upToId = "x" }, new { ids = new[] { "-1" } } })
        {
            using var response = await ana.Http.PostAsJsonAsync("/api/v1/notifications/read", body);
            await response.ShouldBeProblemAsync(400, "validation_failed");
        }

        using var types = await ana.Http.GetAsync(new Uri("/api/v1/notifications?types=gossip", UriKind.Relative));
        await types.ShouldBeProblemAsync(400, "validation_failed");
    }

    [Fact]
    public async Task A_marker_only_moves_forward_unless_forced()
    {
        var ana = await api.SignedInAs("ana");
        using var none = await ana.Http.GetAsync(new Uri("/api/v1/me/markers/home", UriKind.Relative));
        await none.ShouldBeProblemAsync(404, "not_found");
        await ana.PutAsync<MarkerResponse>("/api/v1/me/markers/home", new SetMarkerRequest { LastReadId = "50" });
        Assert.Equal("50", (await ana.PutAsync<MarkerResponse>("/api/v1/me/markers/home", new SetMarkerRequest { LastReadId = "40" })).LastReadId);
        Assert.Equal("40", (await ana.PutAsync<MarkerResponse>("/api/v1/me/markers/home", new SetMarkerRequest { LastReadId = "40", Force = true })).LastReadId);
        Assert.Equal("40", (await ana.GetAsync<MarkerResponse>("/api/v1/me/markers/home")).LastReadId);
    }
}
