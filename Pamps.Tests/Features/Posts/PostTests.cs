using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Features.Posts;

namespace Pamps.Tests.Features.Posts;

/// <summary>Writing, reading, rewording and deleting posts.</summary>
public sealed class PostTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_post_is_answered_as_it_was_written()
    {
        var ana = await api.SignedInAs("ana");
        var bia = await api.SignedInAs("bia");
        var post = await ana.CreatePostAsync(new CreatePostRequestBuilder()
            .Saying($"Olá @{bia.Username} e @nobody_at_all, veja #Café <b>").Titled("Título").In("pt-BR").Build());
        Assert.Equal((ana.Username, "Título", "pt-BR", 1, true, false), (post.Author!.Username, post.Title, post.Lang, post.Version, post.Published, post.Deleted));
        Assert.Equal(["Café"], post.Tags);
        Assert.Equal([bia.Username], post.Mentions);
        Assert.Equal(new PostViewer(false, false, true), post.Viewer);

        using var anonymous = await api.Anonymous.GetAsync(new Uri($"/api/v1/posts/{post.Id}", UriKind.Relative));
        var read = await anonymous.ShouldBe<PostResponse>(HttpStatusCode.OK);
        Assert.Null(read.Viewer);
        Assert.Equal(post.Text, read.Text);
        Assert.Equal(post.CreatedAt, read.CreatedAt, TimeSpan.FromMilliseconds(1));
    }

    [Theory]
    [InlineData("text", "")]
    [InlineData("text", "   ")]
    [InlineData("title", "a\nb")]
    [InlineData("lang", "não é")]
    [InlineData("parentId", "abc")]
    public async Task What_breaks_a_rule_is_refused_by_name_and_changes_nothing(string field, string value)
    {
        var ana = await api.SignedInAs("ana");
        var before = await api.WithDatabase(db => db.Posts.CountAsync());
        var body = new Dictionary<string, object> { ["text"] = "fine", [field] = value };
        using var response = await ana.Http.PostAsJsonAsync("/api/v1/posts", body);
        await response.ShouldBeProblemAsync(400, "validation_failed", field);
        Assert.Equal(before, await api.WithDatabase(db => db.Posts.CountAsync()));
    }

    [Fact]
    public async Task Five_hundred_graphemes_fit_and_one_more_does_not()
    {
        var ana = await api.SignedInAs("ana");
        var family = string.Concat(Enumerable.Repeat("👩‍👩‍👧‍👦", 500));
        Assert.Equal(family, (await ana.CreatePostAsync(family)).Text);
        using var response = await ana.Http.PostAsJsonAsync("/api/v1/posts", new { text = family + "!" });
        var problem = await response.ShouldBeProblemAsync(400, "validation_failed", "text");
        Assert.Contains("500", problem.Errors!["text"][0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edit_keeps_the_former_wording_and_honours_If_Match()
    {
        var ana = await api.SignedInAs("ana");
        var post = await ana.CreatePostAsync("first #one");
        using var source = await ana.Http.GetAsync(new Uri($"/api/v1/posts/{post.Id}/source", UriKind.Relative));
        await source.ShouldBe(HttpStatusCode.OK);
        Assert.Equal("\"1\"", source.Headers.ETag!.Tag);
        Assert.False(source.Headers.ETag.IsWeak);

        using var edited = await EditAsync(ana, post, "second #two", "\"1\"");
        var second = await edited.ShouldBe<PostResponse>(HttpStatusCode.OK);
        Assert.Equal("\"2\"", edited.Headers.ETag!.Tag);
        Assert.Equal(("second #two", 2), (second.Text, second.Version));
        Assert.Equal(["two"], second.Tags);
        Assert.NotNull(second.EditedAt);

        using var stale = await EditAsync(ana, post, "lost", "\"1\"");
        await stale.ShouldBeProblemAsync(412, "version_mismatch");
        using var weak = await EditAsync(ana, post, "lost", "W/\"2\"");
        await weak.ShouldBeProblemAsync(412, "version_mismatch");
        using var same = await EditAsync(ana, post, "second #two", null);
        Assert.Equal(2, (await same.ShouldBe<PostResponse>(HttpStatusCode.OK)).Version);
        using var any = await EditAsync(ana, post, "third", "*");
        Assert.Equal(3, (await any.ShouldBe<PostResponse>(HttpStatusCode.OK)).Version);

        var history = await ana.GetAsync<Page<PostRevisionResponse>>($"/api/v1/posts/{post.Id}/history");
        Assert.Equal([(2, "second #two"), (1, "first #one")], history.Items.Select(revision => (revision.Version, revision.Text)));
    }

    [Fact]
    public async Task Two_edits_at_once_lose_no_wording()
    {
        var ana = await api.SignedInAs("ana");
        var post = await ana.CreatePostAsync("start");
        var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(index => EditAsync(ana, post, $"edit {index}", null)));
        foreach (var answer in answers)
        {
            await answer.ShouldBe(HttpStatusCode.OK);
            answer.Dispose();
        }

        var history = await ana.GetAsync<Page<PostRevisionResponse>>($"/api/v1/posts/{post.Id}/history");
        Assert.Equal([2, 1], history.Items.Select(revision => revision.Version));
    }

    [Fact]
    public async Task Only_the_author_may_edit_or_delete()
    {
        var ana = await api.SignedInAs("ana");
        var bia = await api.SignedInAs("bia");
        var post = await ana.CreatePostAsync();
        using var edit = await EditAsync(bia, post, "mine now", null);
        await edit.ShouldBeProblemAsync(404, "not_found");
        using var delete = await bia.Http.DeleteAsync(new Uri($"/api/v1/posts/{post.Id}", UriKind.Relative));
        await delete.ShouldBeProblemAsync(404, "not_found");
        using var source = await bia.Http.GetAsync(new Uri($"/api/v1/posts/{post.Id}/source", UriKind.Relative));
        await source.ShouldBeProblemAsync(404, "not_found");
    }

    [Fact]
    public async Task A_draft_is_its_authors_alone_until_published()
    {
        var ana = await api.SignedInAs("ana");
        var bia = await api.SignedInAs("bia");
        var draft = await ana.CreatePostAsync(new CreatePostRequestBuilder().AsDraft().Build());
        Assert.False((await ana.GetAsync<PostResponse>($"/api/v1/posts/{draft.Id}")).Published);
        using var hidden = await bia.Http.GetAsync(new Uri($"/api/v1/posts/{draft.Id}", UriKind.Relative));
        await hidden.ShouldBeProblemAsync(404, "not_found");
        using var reply = await bia.Http.PostAsJsonAsync("/api/v1/posts", new { text = "hi", parentId = draft.Id });
        await reply.ShouldBeProblemAsync(404, "not_found");
        Assert.Equal([draft.Id], (await ana.GetAsync<Page<PostResponse>>($"/api/v1/accounts/{ana.Username}/posts?drafts=true")).Items.Select(post => post.Id));
        using var peek = await bia.Http.GetAsync(new Uri($"/api/v1/accounts/{ana.Username}/posts?drafts=true", UriKind.Relative));
        await peek.ShouldBeProblemAsync(404, "not_found");

        await ana.PutAsync<PostResponse>($"/api/v1/posts/{draft.Id}", new EditPostRequest { Text = draft.Text, Published = true });
        Assert.True((await bia.GetAsync<PostResponse>($"/api/v1/posts/{draft.Id}")).Published);
    }

    [Fact]
    public async Task A_deleted_post_leaves_a_tombstone_only_where_others_hang_on_it()
    {
        var ana = await api.SignedInAs("ana");
        var bia = await api.SignedInAs("bia");
        var root = await ana.CreatePostAsync();
        var middle = await bia.ReplyAsync(root, "secret words");
        var leaf = await ana.ReplyAsync(middle);
        await bia.DeletePostAsync(middle);
        using var gone = await ana.Http.GetAsync(new Uri($"/api/v1/posts/{middle.Id}", UriKind.Relative));
        await gone.ShouldBeProblemAsync(410, "gone");

        var thread = await ana.GetAsync<ThreadResponse>($"/api/v1/posts/{root.Id}/thread");
        Assert.Equal([middle.Id, leaf.Id], thread.Descendants.Select(post => post.Id));
        Assert.Equal((true, "", null), (thread.Descendants[0].Deleted, thread.Descendants[0].Text, thread.Descendants[0].Author));
        Assert.Equal([root.Id, middle.Id], (await ana.GetAsync<ThreadResponse>($"/api/v1/posts/{leaf.Id}/thread")).Ancestors.Select(post => post.Id));

        await ana.DeletePostAsync(leaf);
        Assert.Empty((await ana.GetAsync<ThreadResponse>($"/api/v1/posts/{root.Id}/thread")).Descendants);

        await bia.PostAsync<PostResponse>($"/api/v1/posts/{middle.Id}/restore");
        Assert.Equal("secret words", Assert.Single((await ana.GetAsync<ThreadResponse>($"/api/v1/posts/{root.Id}/thread")).Descendants).Text);
    }

    [Fact]
    public async Task A_deleted_text_is_gone_for_good_after_its_time()
    {
        var ana = await api.SignedInAs("ana");
        var post = await ana.CreatePostAsync("secret #words");
        await ana.PutAsync<PostResponse>($"/api/v1/posts/{post.Id}", new EditPostRequest { Text = "other #words" });
        await ana.DeletePostAsync(post);
        await api.Database.ExecuteAsync($"update posts set deleted_at = now() - interval '12 minutes' where id = {post.Id}");
        await api.WithDatabase(db => PurgeDeletedPosts.PurgeAsync(db, api.Services.GetRequiredService<TimeProvider>().GetUtcNow(), CancellationToken.None));
        using var late = await ana.Http.PostAsync(new Uri($"/api/v1/posts/{post.Id}/restore", UriKind.Relative), null);
        await late.ShouldBeProblemAsync(410, "gone");
        var id = long.Parse(post.Id, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal((string.Empty, 0, 0), await api.WithDatabase(async db => (
            await db.Posts.Where(row => row.Id == id).Select(row => row.Text).SingleAsync(),
            await db.PostRevisions.CountAsync(row => row.PostId == id),
            await db.PostTags.CountAsync(row => row.PostId == id))));
    }

    [Fact]
    public async Task A_thread_reads_depth_first_and_is_bounded_for_strangers()
    {
        var ana = await api.SignedInAs("ana");
        var root = await ana.CreatePostAsync();
        var one = await ana.ReplyAsync(root);
        var two = await ana.ReplyAsync(root);
        var below = await ana.ReplyAsync(one);
        var thread = await ana.GetAsync<ThreadResponse>($"/api/v1/posts/{root.Id}/thread");
        Assert.Equal([one.Id, below.Id, two.Id], thread.Descendants.Select(post => post.Id));
        Assert.False(thread.Truncated);
        Assert.Equal(2, (await ana.GetAsync<PostResponse>($"/api/v1/posts/{root.Id}")).ReplyCount);

        for (var index = 0; index < 61; index++)
        {
            await ana.ReplyAsync(two);
        }

        using var anonymous = await api.Anonymous.GetAsync(new Uri($"/api/v1/posts/{two.Id}/thread", UriKind.Relative));
        var bounded = await anonymous.ShouldBe<ThreadResponse>(HttpStatusCode.OK);
        Assert.Equal((60, true), (bounded.Descendants.Count, bounded.Truncated));
        Assert.Equal(61, (await ana.GetAsync<ThreadResponse>($"/api/v1/posts/{two.Id}/thread")).Descendants.Count);
        Assert.Equal(40, (await ana.GetAsync<Page<PostResponse>>($"/api/v1/posts/{two.Id}/replies?limit=99")).Items.Count);
    }

    [Fact]
    public async Task A_thread_grows_to_its_greatest_depth_and_no_deeper()
    {
        var ana = await api.SignedInAs("ana");
        var parent = await ana.CreatePostAsync();
        await api.Database.ExecuteAsync($"update posts set depth = {PostLimits.DepthMax - 1} where id = {parent.Id}");
        var deepest = await ana.ReplyAsync(parent);

        using var response = await ana.Http.PostAsJsonAsync("/api/v1/posts", new { text = "deeper", parentId = deepest.Id });

        var problem = await response.ShouldBeProblemAsync(400, "validation_failed", "parentId");
        Assert.Contains($"{PostLimits.DepthMax}", problem.Errors!["parentId"].Single(), StringComparison.Ordinal);
        Assert.Equal(0, (await ana.GetAsync<PostResponse>($"/api/v1/posts/{deepest.Id}")).ReplyCount);
    }

    [Fact]
    public async Task An_accounts_posts_come_with_or_without_replies()
    {
        var ana = await api.SignedInAs("ana");
        var post = await ana.CreatePostAsync();
        var reply = await ana.ReplyAsync(post);
        Assert.Equal([post.Id], (await ana.GetAsync<Page<PostResponse>>($"/api/v1/accounts/{ana.Username}/posts")).Items.Select(item => item.Id));
        Assert.Equal([reply.Id, post.Id], (await ana.GetAsync<Page<PostResponse>>($"/api/v1/accounts/{ana.Username.ToUpperInvariant()}/posts?includeReplies=true")).Items.Select(item => item.Id));
        using var unknown = await ana.Http.GetAsync(new Uri("/api/v1/accounts/nobody_at_all/posts", UriKind.Relative));
        await unknown.ShouldBeProblemAsync(404, "not_found");
    }

    [Fact]
    public async Task An_unchanged_post_answers_304()
    {
        var ana = await api.SignedInAs("ana");
        var post = await ana.CreatePostAsync();
        using var first = await api.Anonymous.GetAsync(new Uri($"/api/v1/posts/{post.Id}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotModified, await AgainAsync());
        await ana.LikeAsync(post);
        Assert.Equal(HttpStatusCode.OK, await AgainAsync());

        async Task<HttpStatusCode> AgainAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/posts/{post.Id}");
            request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
            using var response = await api.Anonymous.SendAsync(request);
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task The_same_key_writes_one_post()
    {
        var ana = await api.SignedInAs("ana");
        var key = Guid.NewGuid().ToString();
        var answers = new List<PostResponse>();
        for (var time = 0; time < 2; time++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/posts") { Content = JsonContent.Create(new { text = "once" }) };
            request.Headers.Add("Idempotency-Key", key);
            using var response = await ana.Http.SendAsync(request);
            answers.Add(await response.ShouldBe<PostResponse>(HttpStatusCode.Created));
        }

        Assert.Equal(answers[0].Id, answers[1].Id);
        Assert.Single((await ana.GetAsync<Page<PostResponse>>($"/api/v1/accounts/{ana.Username}/posts")).Items);
    }

    private static async Task<HttpResponseMessage> EditAsync(TestUser user, PostResponse post, string text, string? ifMatch)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/posts/{post.Id}") { Content = JsonContent.Create(new { text }) };
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        return await user.Http.SendAsync(request);
    }
}
