using System.Net;
using System.Net.Http.Json;
using Pamps.ApiService.Contracts;
using Pamps.Tests.Features.Tokens;

namespace Pamps.Tests.Features.Reports;

public sealed class ModerationTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Report_reaches_the_queue_and_its_resolution_hides_the_post_and_is_audited()
    {
        var (ana, bob, eva) = (await api.SignedInAs("ana"), await api.SignedInAs("bob"), await api.SignedInAs("eva"));
        var moderator = await api.PromoteAsync(eva, AccountRole.Moderator);
        var post = await bob.CreatePostAsync("buy this");
        var report = await ana.PostAsync<ReportResponse>("/api/v1/reports", new { postId = post.Id, reason = "spam", note = "Three times today." });

        var queue = await GetAsync<Page<ReportResponse>>("/api/v1/admin/reports?limit=40", moderator);
        var queued = queue.Items.Single(item => item.Id == report.Id);
        Assert.Equal((ana.Username, post.Id, bob.Username), (queued.Reporter!.Username, queued.Post!.Id, queued.Account!.Username));

        using var body = JsonContent.Create(new { action = "hide", resolution = "Advertising." });
        using var resolved = await api.Anonymous.SendAsync(HttpMethod.Post, $"/api/v1/admin/reports/{report.Id}/resolve", moderator, body);
        await resolved.ShouldBe(HttpStatusCode.OK);

        using var read = await ana.Http.GetAsync(new Uri($"/api/v1/posts/{post.Id}", UriKind.Relative));
        Assert.Contains(read.StatusCode, (HttpStatusCode[])[HttpStatusCode.NotFound, HttpStatusCode.Gone]);
        var mine = await ana.GetAsync<ReportResponse>($"/api/v1/reports/{report.Id}");
        Assert.Equal((ReportAction.Hide, "Advertising.", null), (mine.Action, mine.Resolution, mine.Reporter));
        var audit = await GetAsync<Page<AuditEntryResponse>>($"/api/v1/admin/audit?target=post:{post.Id}", moderator);
        Assert.Equal(("post.hide", eva.Username, "Advertising."), (audit.Items[0].Action, audit.Items[0].Actor!.Username, audit.Items[0].Reason));

        using var again = JsonContent.Create(new { action = "dismiss", resolution = "No." });
        using var twice = await api.Anonymous.SendAsync(HttpMethod.Post, $"/api/v1/admin/reports/{report.Id}/resolve", moderator, again);
        await twice.ShouldBeProblemAsync(409, "conflict");

        using var show = await api.Anonymous.SendAsync(HttpMethod.Delete, $"/api/v1/admin/posts/{post.Id}/hidden", moderator);
        await show.ShouldBe(HttpStatusCode.NoContent);
        Assert.Equal("buy this", (await ana.GetAsync<PostResponse>($"/api/v1/posts/{post.Id}")).Text);
    }

    [Fact]
    public async Task A_moderator_hides_a_post_and_a_comment_once_with_a_reason_and_shows_them_again()
    {
        var (ana, bob, eva) = (await api.SignedInAs("ana"), await api.SignedInAs("bob"), await api.SignedInAs("eva"));
        var moderator = await api.PromoteAsync(eva, AccountRole.Moderator);
        await ana.FollowAsync(bob);
        var post = await bob.CreatePostAsync("a post");
        var content = $"https://example.org/{bob.Username}";
        var comment = await bob.PostAsync<CommentResponse>($"/api/v1/content/comments?id={content}", new { text = "a comment" });
        foreach (var path in (string[])[$"/api/v1/admin/posts/{post.Id}/hidden", $"/api/v1/admin/comments/{comment.Id}/hidden"])
        {
            using var without = await api.Anonymous.SendAsync(HttpMethod.Put, path, moderator, JsonContent.Create(new { }));
            Assert.Equal(HttpStatusCode.BadRequest, without.StatusCode);
            for (var time = 0; time < 2; time++)
            {
                using var hidden = await api.Anonymous.SendAsync(HttpMethod.Put, path, moderator, JsonContent.Create(new { reason = "Advertising." }));
                await hidden.ShouldBe(HttpStatusCode.NoContent);
            }
        }

        Assert.DoesNotContain((await ana.HomeAsync()).Items, item => item.Id == post.Id);
        Assert.Empty((await ana.GetAsync<Page<CommentResponse>>($"/api/v1/content/comments?id={content}")).Items);
        foreach (var (target, kind) in ((string, string)[])[($"post:{post.Id}", "post"), ($"comment:{comment.Id}", "comment")])
        {
            var audit = await GetAsync<Page<AuditEntryResponse>>($"/api/v1/admin/audit?target={target}", moderator);
            Assert.Equal(($"{kind}.hide", "Advertising."), Assert.Single(audit.Items.Select(entry => (entry.Action, entry.Reason))));
            using var shown = await api.Anonymous.SendAsync(HttpMethod.Delete, $"/api/v1/admin/{kind}s/{target[(kind.Length + 1)..]}/hidden", moderator);
            await shown.ShouldBe(HttpStatusCode.NoContent);
            audit = await GetAsync<Page<AuditEntryResponse>>($"/api/v1/admin/audit?target={target}", moderator);
            Assert.Equal([$"{kind}.show", $"{kind}.hide"], audit.Items.Select(entry => entry.Action));
        }

        // A feed that was rebuilt meanwhile gets the post back as it gets a new one.
        await Eventually.Be(() => ana.HomeAsync(), home => home.Items.Any(item => item.Id == post.Id));
        Assert.Equal("a comment", Assert.Single((await ana.GetAsync<Page<CommentResponse>>($"/api/v1/content/comments?id={content}")).Items).Text);
    }

    [Fact]
    public async Task One_open_report_per_person_and_thing()
    {
        var (ana, bob) = (await api.SignedInAs("ana"), await api.SignedInAs("bob"));
        await ana.PostAsync<ReportResponse>("/api/v1/reports", new { username = bob.Username, reason = "harassment" });

        using var second = await ana.Http.PostAsJsonAsync("/api/v1/reports", new { username = bob.Username, reason = "spam" });

        await second.ShouldBeProblemAsync(409, "conflict");
    }

    [Fact]
    public async Task Reports_name_exactly_one_thing_that_exists_and_is_somebody_elses()
    {
        var ana = await api.SignedInAs("ana");

        using var none = await ana.Http.PostAsJsonAsync("/api/v1/reports", new { reason = "spam" });
        using var unknown = await ana.Http.PostAsJsonAsync("/api/v1/reports", new { postId = "999999999", reason = "spam" });
        using var own = await ana.Http.PostAsJsonAsync("/api/v1/reports", new { username = ana.Username, reason = "spam" });
        using var reason = await ana.Http.PostAsJsonAsync("/api/v1/reports", new { username = "x", reason = "boredom" });

        await none.ShouldBeProblemAsync(400, "validation_failed", "postId");
        await unknown.ShouldBeProblemAsync(404, "not_found");
        await own.ShouldBeProblemAsync(400, "validation_failed", "username");
        await reason.ShouldBeProblemAsync(400, "malformed_request");
    }

    [Fact]
    public async Task Suspension_ends_sessions_hides_and_can_be_lifted()
    {
        var (bob, eva) = (await api.SignedInAs("bob"), await api.SignedInAs("eva"));
        var moderator = await api.PromoteAsync(eva, AccountRole.Moderator);
        var suspension = $"/api/v1/admin/accounts/{bob.Username}/suspension";

        using var body = JsonContent.Create(new { reason = "Threats." });
        using var suspended = await api.Anonymous.SendAsync(HttpMethod.Put, suspension, moderator, body);
        await suspended.ShouldBe(HttpStatusCode.NoContent);

        using var me = await bob.Http.GetAsync(new Uri("/api/v1/me", UriKind.Relative));
        using var signIn = await api.Anonymous.PostTokenAsync(("grant_type", "password"), ("username", bob.Username), ("password", bob.Password));
        using var profile = await api.Anonymous.GetAsync(new Uri($"/api/v1/accounts/{bob.Username}", UriKind.Relative));
        await me.ShouldBeProblemAsync(403, "account_suspended");
        await signIn.ShouldBeProblemAsync(403, "account_suspended");
        await profile.ShouldBeProblemAsync(404, "not_found");

        using var lifted = await api.Anonymous.SendAsync(HttpMethod.Delete, suspension, moderator);
        await lifted.ShouldBe(HttpStatusCode.NoContent);
        await bob.GetAsync<MeResponse>("/api/v1/me");
    }

    [Fact]
    public async Task Moderators_suspend_neither_themselves_nor_each_other()
    {
        var (eva, leo) = (await api.SignedInAs("eva"), await api.SignedInAs("leo"));
        var moderator = await api.PromoteAsync(eva, AccountRole.Moderator);
        await api.PromoteAsync(leo, AccountRole.Moderator);

        foreach (var name in (string[])[eva.Username, leo.Username])
        {
            using var body = JsonContent.Create(new { reason = "Because." });
            using var response = await api.Anonymous.SendAsync(HttpMethod.Put, $"/api/v1/admin/accounts/{name}/suspension", moderator, body);
            await response.ShouldBeProblemAsync(403, "forbidden");
        }
    }

    private async Task<T> GetAsync<T>(string path, string token)
    {
        using var response = await api.Anonymous.SendAsync(HttpMethod.Get, path, token);
        return await response.ShouldBe<T>(HttpStatusCode.OK);
    }
}
