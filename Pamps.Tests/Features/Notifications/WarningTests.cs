using System.Net;
using System.Net.Http.Json;
using Pamps.ApiService.Contracts;
using Pamps.Tests.Features.Feeds;
using Pamps.Tests.Features.Streams;
using Pamps.Tests.Features.Tokens;

namespace Pamps.Tests.Features.Notifications;

/// <summary>Who is warned learns of it, and of nothing else.</summary>
public sealed class WarningTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task The_warned_are_told_the_moderators_words_at_once_and_not_who_reported()
    {
        var (ana, bob, eva) = (await api.SignedInAs("ana"), await api.SignedInAs("bob"), await api.SignedInAs("eva"));
        var moderator = await api.PromoteAsync(eva, AccountRole.Moderator);
        var post = await bob.CreatePostAsync("buy this");
        var report = await ana.PostAsync<ReportResponse>("/api/v1/reports", new { postId = post.Id, reason = "spam" });
        await FeedSteps.SettleAsync(api);
        using var stream = await OpenedStream.OpenAsync(bob, "notifications");
        Assert.Equal("ready", (await stream.NextAsync()).Type);

        await ResolveAsync(moderator, report, "warn", "No advertising, please.");

        var told = await stream.NextAsync();
        Assert.Equal("notification", told.Type);
        var page = await bob.GetAsync<NotificationsResponse>("/api/v1/notifications?types=warning");
        var warning = Assert.Single(page.Items);
        Assert.Equal(told.Data.GetProperty("notificationId").GetString(), warning.Id);
        Assert.Equal(
            (NotificationType.Warning, "No advertising, please.", post.Id, null, 0, false, 1),
            (warning.Type, warning.Text, warning.Post?.Id, warning.SubjectId, warning.ActorCount, warning.Read, page.UnreadCount));
        Assert.Empty(warning.Actors);

        // The reporter learns the end of the report, and is not warned.
        await FeedSteps.SettleAsync(api);
        var news = Assert.Single((await ana.GetAsync<NotificationsResponse>("/api/v1/notifications")).Items);
        Assert.Equal((NotificationType.Report, report.Id, null), (news.Type, news.SubjectId, news.Text));
    }

    [Fact]
    public async Task A_warning_outlives_the_post_it_is_about()
    {
        var (ana, bob, eva) = (await api.SignedInAs("ana"), await api.SignedInAs("bob"), await api.SignedInAs("eva"));
        var moderator = await api.PromoteAsync(eva, AccountRole.Moderator);
        var post = await bob.CreatePostAsync("buy this");
        var report = await ana.PostAsync<ReportResponse>("/api/v1/reports", new { postId = post.Id, reason = "spam" });
        await bob.DeletePostAsync(post);

        await ResolveAsync(moderator, report, "warn", "No advertising, please.");
        await FeedSteps.SettleAsync(api);

        var warning = Assert.Single((await bob.GetAsync<NotificationsResponse>("/api/v1/notifications")).Items);
        Assert.Equal((NotificationType.Warning, "No advertising, please.", null), (warning.Type, warning.Text, warning.Post));
    }

    [Theory]
    [InlineData("dismiss")]
    [InlineData("hide")]
    public async Task Other_ends_of_a_report_warn_nobody(string action)
    {
        var (ana, bob, eva) = (await api.SignedInAs("ana"), await api.SignedInAs("bob"), await api.SignedInAs("eva"));
        var moderator = await api.PromoteAsync(eva, AccountRole.Moderator);
        var post = await bob.CreatePostAsync();
        var report = await ana.PostAsync<ReportResponse>("/api/v1/reports", new { postId = post.Id, reason = "spam" });

        await ResolveAsync(moderator, report, action, "Seen.");
        await FeedSteps.SettleAsync(api);

        Assert.Empty((await bob.GetAsync<NotificationsResponse>("/api/v1/notifications")).Items);
    }

    private async Task ResolveAsync(string moderator, ReportResponse report, string action, string resolution)
    {
        using var body = JsonContent.Create(new { action, resolution });
        using var response = await api.Anonymous.SendAsync(HttpMethod.Post, $"/api/v1/admin/reports/{report.Id}/resolve", moderator, body);
        await response.ShouldBe(HttpStatusCode.OK);
    }
}
