using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Contracts;

namespace Pamps.Tests.Features.Comments;

public class EditCommentTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Author_rewords_own_comment()
    {
        var ana = await api.SignedInAs("ana");
        var added = await ana.CommentAsync("edit", "helo");

        var edited = await EditAsync(ana.Http, added.Id, "hello", HttpStatusCode.OK);

        Assert.Equal(("hello", 2), (edited!.Text, edited.Version));
        Assert.NotNull(edited.EditedAt);
        Assert.Equal(edited, await ana.GetAsync<CommentResponse>($"/api/v1/comments/{added.Id}"));
    }

    [Fact]
    public async Task Same_text_changes_nothing()
    {
        var ana = await api.SignedInAs("ana");
        var added = await ana.CommentAsync("edit", "hello");

        Assert.Equal(added, await EditAsync(ana.Http, added.Id, " hello ", HttpStatusCode.OK));
    }

    [Fact]
    public async Task Edit_of_a_version_one_has_not_seen_is_refused()
    {
        var ana = await api.SignedInAs("ana");
        var added = await ana.CommentAsync("edit", "one");
        await EditAsync(ana.Http, added.Id, "two", HttpStatusCode.OK, ifMatch: "\"1\"");

        await EditAsync(ana.Http, added.Id, "three", HttpStatusCode.PreconditionFailed, ifMatch: "\"1\"");
        await EditAsync(ana.Http, added.Id, "three", HttpStatusCode.PreconditionFailed, ifMatch: "W/\"2\"");

        Assert.Equal("two", (await ana.GetAsync<CommentResponse>($"/api/v1/comments/{added.Id}")).Text);
        await EditAsync(ana.Http, added.Id, "three", HttpStatusCode.OK, ifMatch: "\"2\"");
    }

    [Fact]
    public async Task Stranger_finds_no_comment_to_edit_or_delete()
    {
        var ana = await api.SignedInAs("ana");
        var rui = await api.SignedInAs("rui");
        var added = await ana.CommentAsync("edit", "mine");

        await EditAsync(rui.Http, added.Id, "yours", HttpStatusCode.NotFound);
        using var deleted = await rui.Http.DeleteAsync(new Uri($"/api/v1/comments/{added.Id}", UriKind.Relative));

        await deleted.ShouldBeProblemAsync(404, "not_found");
        Assert.Equal(added, await ana.GetAsync<CommentResponse>($"/api/v1/comments/{added.Id}"));
    }

    [Fact]
    public async Task Deleted_comment_leaves_a_placeholder_only_where_it_was_answered()
    {
        var ana = await api.SignedInAs("ana");
        var alone = await ana.CommentAsync("gone", "alone");
        var answered = await ana.CommentAsync("gone", "answered");
        var answer = await ana.CommentAsync("gone", "answer", answered.Id);

        await ana.DeleteAsync($"/api/v1/comments/{alone.Id}");
        await ana.DeleteAsync($"/api/v1/comments/{answered.Id}");

        var items = (await api.Anonymous.ListAsync("gone")).Items;
        Assert.Equal([answered.Id, answer.Id], items.Select(item => item.Id));
        Assert.Equal((true, "", "", (AccountSummary?)null), (items[0].Deleted, items[0].Text, items[0].AuthorName, items[0].Author));
        Assert.Equal(1, (await api.Anonymous.ThreadAsync("gone")).Count);
        using var again = await ana.Http.DeleteAsync(new Uri($"/api/v1/comments/{alone.Id}", UriKind.Relative));
        await again.ShouldBeProblemAsync(404, "not_found");
        using var placeholder = await api.Anonymous.GetAsync(new Uri($"/api/v1/comments/{answered.Id}", UriKind.Relative));
        await placeholder.ShouldBeProblemAsync(410, "gone");
    }

    [Fact]
    public async Task Moderator_deletes_with_a_reason_that_is_kept()
    {
        var ana = await api.SignedInAs("ana");
        using var moderator = await api.ModeratorAsync();
        var added = await ana.CommentAsync("rude", "rude");

        using var unexplained = await moderator.DeleteAsync(new Uri($"/api/v1/comments/{added.Id}", UriKind.Relative));
        await unexplained.ShouldBeProblemAsync(400, "validation_failed", "reason");
        using var deleted = await moderator.DeleteAsync(new Uri($"/api/v1/comments/{added.Id}?reason=rude", UriKind.Relative));
        await deleted.ShouldBe(HttpStatusCode.NoContent);

        Assert.Empty((await api.Anonymous.ListAsync("rude")).Items);
        Assert.Equal("rude", await api.WithDatabase(db => db.AuditEntries.Where(entry => entry.Target == $"comment:{added.Id}").Select(entry => entry.Reason).SingleAsync()));
    }

    [Fact]
    public async Task Edit_in_a_moderated_thread_waits_for_approval_again()
    {
        var ana = await api.SignedInAs("ana");
        using var moderator = await api.ModeratorAsync();
        var added = await ana.CommentAsync("careful", "harmless");
        await moderator.SetStateAsync("careful", "moderated");

        Assert.True((await EditAsync(ana.Http, added.Id, "spam", HttpStatusCode.OK))!.Pending);

        Assert.Empty((await api.Anonymous.ListAsync("careful")).Items);
    }

    private static async Task<CommentResponse?> EditAsync(HttpClient http, string id, string text, HttpStatusCode expected, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/api/v1/comments/{id}") { Content = JsonContent.Create(new { text }) };
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        using var response = await http.SendAsync(request);
        await response.ShouldBe(expected);
        return expected == HttpStatusCode.OK ? await response.ShouldBe<CommentResponse>(expected) : null;
    }
}
