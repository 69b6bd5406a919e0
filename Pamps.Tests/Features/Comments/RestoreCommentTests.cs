using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Features.Comments;

namespace Pamps.Tests.Features.Comments;

/// <summary>An API whose clock the test moves.</summary>
public sealed class StillClockFixture : ApiFixture
{
    /// <inheritdoc />
    protected override void Configure(ApiSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Clock = new ManualTimeProvider();
    }
}

/// <summary>Comments are edited, taken back and restored by the rules of posts.</summary>
public sealed class RestoreCommentTests(StillClockFixture api) : IClassFixture<StillClockFixture>
{
    [Fact]
    public async Task Former_wordings_stay_readable_while_the_comment_is()
    {
        var (ana, eva) = (await api.SignedInAs("ana"), await api.SignedInAs("eva"));
        var comment = await ana.CommentAsync("history", "one");
        await RewordAsync(ana, comment, "two");
        await RewordAsync(ana, comment, "two");
        await RewordAsync(ana, comment, "three");

        var first = await HistoryAsync(api.Anonymous, comment, "?limit=1");
        var second = await HistoryAsync(api.Anonymous, comment, $"?limit=1&cursor={first.NextCursor}");
        Assert.Equal([(2, "two"), (1, "one")], first.Items.Concat(second.Items).Select(item => (item.Version, item.Text)));
        Assert.Null(second.NextCursor);

        await ana.BlockAsync(eva);
        await NotFoundAsync(eva.Http, comment);
        await ana.DeleteAsync($"/api/v1/comments/{comment.Id}");
        await NotFoundAsync(api.Anonymous, comment);
    }

    [Fact]
    public async Task Wordings_that_nobody_approved_are_no_history()
    {
        var ana = await api.SignedInAs("ana");
        using var moderator = await api.ModeratorAsync();
        var comment = await ana.CommentAsync("moderated", "harmless");
        await moderator.SetStateAsync("moderated", "moderated");
        await RewordAsync(ana, comment, "spam");
        await NotFoundAsync(api.Anonymous, comment);
        await RewordAsync(ana, comment, "harmless again");
        using var approved = await moderator.PostAsync(new Uri($"/api/v1/comments/{comment.Id}/approve", UriKind.Relative), content: null);
        await approved.ShouldBe(HttpStatusCode.OK);

        Assert.Equal(["harmless"], (await HistoryAsync(api.Anonymous, comment)).Items.Select(item => item.Text));
    }

    [Fact]
    public async Task A_deleted_comment_comes_back_to_its_place_as_it_was()
    {
        var ana = await api.SignedInAs("ana");
        var comment = await ana.CommentAsync("restore", "one");
        await RewordAsync(ana, comment, "two");
        await ana.CommentAsync("restore", "later");
        var before = await api.Anonymous.ListAsync("restore");
        await ana.DeleteAsync($"/api/v1/comments/{comment.Id}");
        Assert.Single((await api.Anonymous.ListAsync("restore")).Items);

        var restored = await RestoreAsync(ana, comment);

        Assert.Equal("two", restored.Text);
        Assert.Equal(before.Items, (await api.Anonymous.ListAsync("restore")).Items);
        Assert.Equal(restored, await RestoreAsync(ana, comment));
        Assert.Single((await HistoryAsync(api.Anonymous, comment)).Items);
    }

    [Fact]
    public async Task After_ten_minutes_it_is_gone_for_good_with_its_history()
    {
        var ana = await api.SignedInAs("ana");
        var comment = await ana.CommentAsync("late", "one");
        await RewordAsync(ana, comment, "two");
        await ana.DeleteAsync($"/api/v1/comments/{comment.Id}");
        api.Clock.Advance(TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(1));

        // The access token is still good: it lives for a quarter of an hour.
        await RefusedAsync(ana.Http, comment, 410, "gone");

        api.Clock.Advance(TimeSpan.FromMinutes(2));
        await Eventually.Be(
            () => api.WithDatabase(async db =>
            {
                var id = long.Parse(comment.Id, System.Globalization.CultureInfo.InvariantCulture);
                await PurgeDeletedComments.PurgeAsync(db, api.Clock.GetUtcNow(), CancellationToken.None);
                return (await db.Comments.Where(row => row.Id == id).Select(row => row.Text).SingleAsync(), await db.CommentRevisions.CountAsync(row => row.CommentId == id));
            }),
            left => left == ("", 0));
    }

    [Fact]
    public async Task Only_the_author_restores_and_not_what_a_moderator_took_away_or_into_a_locked_thread()
    {
        var (ana, eva) = (await api.SignedInAs("ana"), await api.SignedInAs("eva"));
        using var moderator = await api.ModeratorAsync();
        var (removed, own) = (await ana.CommentAsync("locked", "rude"), await ana.CommentAsync("locked", "mine"));
        using (var deleted = await moderator.DeleteAsync(new Uri($"/api/v1/comments/{removed.Id}?reason=rude", UriKind.Relative)))
        {
            await deleted.ShouldBe(HttpStatusCode.NoContent);
        }

        await ana.DeleteAsync($"/api/v1/comments/{own.Id}");
        await RefusedAsync(ana.Http, removed, 404, "not_found");
        await RefusedAsync(eva.Http, own, 404, "not_found");
        await RefusedAsync(api.Anonymous, own, 401, "token_missing");
        await moderator.SetStateAsync("locked", "locked");
        await RefusedAsync(ana.Http, own, 403, "thread_locked");
        Assert.Empty((await api.Anonymous.ListAsync("locked")).Items);

        await moderator.SetStateAsync("locked", "open");
        Assert.Equal("mine", (await RestoreAsync(ana, own)).Text);
    }

    private static async Task RewordAsync(TestUser user, CommentResponse comment, string text)
    {
        using var response = await user.Http.PatchAsJsonAsync($"/api/v1/comments/{comment.Id}", new { text });
        await response.ShouldBe(HttpStatusCode.OK);
    }

    private static Task<CommentResponse> RestoreAsync(TestUser user, CommentResponse comment) => user.PostAsync<CommentResponse>($"/api/v1/comments/{comment.Id}/restore");

    private static async Task RefusedAsync(HttpClient http, CommentResponse comment, int status, string code)
    {
        using var response = await http.PostAsync(new Uri($"/api/v1/comments/{comment.Id}/restore", UriKind.Relative), content: null);
        await response.ShouldBeProblemAsync(status, code);
    }

    private static async Task<Page<CommentRevisionResponse>> HistoryAsync(HttpClient http, CommentResponse comment, string query = "")
    {
        using var response = await http.GetAsync(new Uri($"/api/v1/comments/{comment.Id}/history{query}", UriKind.Relative));
        return await response.ShouldBe<Page<CommentRevisionResponse>>(HttpStatusCode.OK);
    }

    private static async Task NotFoundAsync(HttpClient http, CommentResponse comment)
    {
        using var response = await http.GetAsync(new Uri($"/api/v1/comments/{comment.Id}/history", UriKind.Relative));
        await response.ShouldBeProblemAsync(404, "not_found");
    }
}
