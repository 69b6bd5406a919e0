using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Contracts;
using static Pamps.Tests.Features.Comments.CommentPeople;

namespace Pamps.Tests.Features.Comments;

public class AddCommentTests(AddCommentTests.Sites api) : IClassFixture<AddCommentTests.Sites>
{
    [Fact]
    public async Task Comment_of_an_account_is_listed_under_every_spelling_of_the_page()
    {
        var ana = await api.SignedInAs("ana");

        var added = await ana.CommentAsync("http://Blog.example/one/?utm_source=x#top", "first!");

        Assert.Equal("https://blog.example/one", added.ContentId);
        Assert.Equal(ana.Username, added.Author!.Username);
        Assert.False(added.Pending);
        var page = await api.Anonymous.ListAsync("https://blog.example/one");
        Assert.Equal([added], page.Items);
    }

    [Fact]
    public async Task Answer_names_its_parent_and_stays_in_the_thread()
    {
        var ana = await api.SignedInAs("ana");
        var parent = await ana.CommentAsync("answers", "question");

        var answer = await ana.CommentAsync("answers", "answer", parent.Id);

        Assert.Equal(parent.Id, answer.ParentId);
        using var elsewhere = await ana.Http.PostAsJsonAsync(At("another"), new { text = "lost", parentId = parent.Id });
        await elsewhere.ShouldBeProblemAsync(404, "not_found");
    }

    [Fact]
    public async Task Guest_comments_by_name_and_address_where_the_site_allows_it_and_the_address_is_never_shown()
    {
        using var response = await api.Anonymous.PostAsJsonAsync(
            At("https://guests.example/a"), new { text = "hello", authorName = "Rui", authorEmail = "rui@example.com" });

        await response.ShouldBe(HttpStatusCode.Created);
        Assert.DoesNotContain("rui@example.com", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var listed = Assert.Single((await api.Anonymous.ListAsync("https://guests.example/a")).Items);
        Assert.Equal(("Rui", null, "hello"), (listed.AuthorName, listed.Author, listed.Text));
        Assert.Equal("rui@example.com", await api.WithDatabase(db => db.Comments.Where(comment => comment.AuthorName == "Rui").Select(comment => comment.AuthorEmail).SingleAsync()));
    }

    [Fact]
    public async Task Guest_is_asked_for_name_and_address()
    {
        using var response = await api.Anonymous.PostAsJsonAsync(At("https://guests.example/b"), new { text = "hello" });

        await response.ShouldBeProblemAsync(400, "validation_failed", "authorName", "authorEmail");
    }

    [Theory]
    [InlineData("https://other.example/a")]
    [InlineData("https://guests.example.evil/a")]
    [InlineData("plain")]
    public async Task Guest_is_refused_where_the_site_takes_accounts_only(string contentId)
    {
        using var response = await api.Anonymous.PostAsJsonAsync(At(contentId), new { text = "hello", authorName = "Rui", authorEmail = "rui@example.com" });

        await response.ShouldBeProblemAsync(401, "token_missing");
        Assert.Empty((await api.Anonymous.ListAsync(contentId)).Items);
    }

    [Fact]
    public async Task Person_signed_in_cannot_comment_under_another_name()
    {
        var ana = await api.SignedInAs("ana");

        using var response = await ana.Http.PostAsJsonAsync(At("names"), new { text = "hello", authorName = "The President" });

        await response.ShouldBeProblemAsync(400, "validation_failed", "authorName");
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("nul\0")]
    [InlineData("bell\a")]
    [InlineData("no character \uFFFE")]
    public async Task Text_without_a_visible_character_or_with_control_characters_is_refused(string text)
    {
        var ana = await api.SignedInAs("ana");

        using var response = await ana.Http.PostAsJsonAsync(At("refused"), new { text });

        await response.ShouldBeProblemAsync(400, "validation_failed", "text");
        Assert.Empty((await api.Anonymous.ListAsync("refused")).Items);
    }

    [Fact]
    public async Task Text_is_limited()
    {
        var ana = await api.SignedInAs("ana");
        await ana.CommentAsync("long", new string('x', 5_000));

        using var response = await ana.Http.PostAsJsonAsync(At("long"), new { text = new string('x', 5_001) });

        await response.ShouldBeProblemAsync(400, "validation_failed", "text");
    }

    [Theory]
    [InlineData("")]
    [InlineData("%00")]
    [InlineData("%20")]
    public async Task Content_needs_an_id(string id)
    {
        var ana = await api.SignedInAs("ana");

        using var response = await ana.Http.PostAsJsonAsync($"/api/v1/content/comments?id={id}", new { text = "hello" });
        using var missing = await ana.Http.PostAsJsonAsync("/api/v1/content/comments", new { text = "hello" });

        await response.ShouldBeProblemAsync(400, "validation_failed", "id");
        await missing.ShouldBeProblemAsync(400, "validation_failed", "id");
    }

    [Fact]
    public async Task Twenty_first_comments_at_once_make_one_thread()
    {
        var ana = await api.SignedInAs("ana");

        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => ana.CommentAsync("race", $"comment {number}")));

        Assert.Equal(20, (await api.Anonymous.ThreadAsync("race")).Count);
        Assert.Equal(1, await api.WithDatabase(db => db.ContentThreads.CountAsync(thread => thread.ContentId == "race")));
    }

    [Fact]
    public async Task Comment_sent_again_with_the_same_key_is_stored_once()
    {
        var ana = await api.SignedInAs("ana");
        var bodies = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, At("repeated")) { Content = JsonContent.Create(new { text = "once" }) };
            request.Headers.Add("Idempotency-Key", "the-same");
            using var response = await ana.Http.SendAsync(request);
            await response.ShouldBe(HttpStatusCode.Created);
            bodies.Add(await response.Content.ReadAsStringAsync());
        }

        Assert.Equal(bodies[0], bodies[1]);
        Assert.Single((await api.Anonymous.ListAsync("repeated")).Items);
    }

    [Fact]
    public async Task New_thread_of_a_moderated_site_waits_for_approval()
    {
        var ana = await api.SignedInAs("ana");
        using var moderator = await api.ModeratorAsync();

        var added = await ana.CommentAsync("https://moderated.example/x", "please");

        Assert.True(added.Pending);
        Assert.Empty((await api.Anonymous.ListAsync("https://moderated.example/x")).Items);
        Assert.Equal(added, Assert.Single((await ana.Http.ListAsync("https://moderated.example/x")).Items));
        Assert.Equal(0, (await api.Anonymous.ThreadAsync("https://moderated.example/x")).Count);
        using var queue = await moderator.GetAsync(new Uri("/api/v1/admin/comments/pending", UriKind.Relative));
        Assert.Contains((await queue.ShouldBe<Page<CommentResponse>>(HttpStatusCode.OK)).Items, item => item.Id == added.Id);

        using var approved = await moderator.PostAsync(new Uri($"/api/v1/comments/{added.Id}/approve", UriKind.Relative), content: null);

        Assert.False((await approved.ShouldBe<CommentResponse>(HttpStatusCode.OK)).Pending);
        Assert.Equal(added.Id, Assert.Single((await api.Anonymous.ListAsync("https://moderated.example/x")).Items).Id);
    }

    [Fact]
    public async Task Only_moderators_approve()
    {
        var ana = await api.SignedInAs("ana");
        var added = await ana.CommentAsync("https://moderated.example/y", "please");

        using var own = await ana.Http.PostAsync(new Uri($"/api/v1/comments/{added.Id}/approve", UriKind.Relative), content: null);
        using var nobody = await api.Anonymous.PostAsync(new Uri($"/api/v1/comments/{added.Id}/approve", UriKind.Relative), content: null);

        await own.ShouldBe(HttpStatusCode.Forbidden);
        await nobody.ShouldBe(HttpStatusCode.Unauthorized);
    }

    public sealed class Sites : ApiFixture
    {
        protected override void Configure(ApiSettings settings)
        {
            ArgumentNullException.ThrowIfNull(settings);
            settings["Comments:Sites:0:Content:0"] = "http://guests.example";
            settings["Comments:Sites:0:AllowGuests"] = "true";
            settings["Comments:Sites:1:Content:0"] = "https://moderated.example/";
            settings["Comments:Sites:1:Moderated"] = "true";
        }
    }
}
