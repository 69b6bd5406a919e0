using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Features.Feeds;
using Pamps.ApiService.Outbox;
using static Pamps.Tests.Features.Feeds.FeedSteps;

namespace Pamps.Tests.Features.Feeds;

/// <summary>The promises of the home feed, with a window of five, so that its edge is crossed.</summary>
public sealed class ReadHomeFeedTests(SmallWindowFixture api) : IClassFixture<SmallWindowFixture>
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(40)]
    public async Task Walking_pages_to_the_end_equals_the_database(int limit)
    {
        var (reader, authors) = await ReaderOfThreeAsync();
        var floor = await WarmAsync(api, reader);
        for (var index = 0; index < 5; index++)
        {
            foreach (var author in authors)
            {
                var post = await author.CreatePostAsync();
                await reader.ReplyAsync(post);
            }

            await reader.CreatePostAsync();
        }

        await SettleAsync(api);
        Assert.True(await WarmAsync(api, reader) > floor, "The window was not crossed.");

        var truth = await TruthAsync(api, reader);
        Assert.Equal(20, truth.Count);
        Assert.Equal(truth, await WalkAsync(reader, limit));
    }

    [Fact]
    public async Task Walking_upwards_finds_the_same_posts()
    {
        var (reader, authors) = await ReaderOfThreeAsync();
        for (var index = 0; index < 3; index++)
        {
            foreach (var author in authors)
            {
                await author.CreatePostAsync();
            }
        }

        await SettleAsync(api);
        var truth = await TruthAsync(api, reader);
        var found = new List<string>();
        var page = await reader.HomeAsync("?limit=2&min_id=0");
        while (page.Items.Count > 0)
        {
            found.InsertRange(0, page.Items.Select(post => post.Id));
            page = await reader.HomeAsync($"?limit=2&cursor={page.PrevCursor}");
        }

        Assert.Equal(truth, found);
        Assert.Equal(truth[..2], (await reader.HomeAsync("?limit=2&since_id=" + truth[^1])).Items.Select(post => post.Id));
        Assert.Equal(truth[1..3], (await reader.HomeAsync($"?limit=2&max_id={truth[0]}")).Items.Select(post => post.Id));
        Assert.Equal(truth[4..6], (await reader.HomeAsync($"?limit=2&max_id={truth[3]}&min_id={truth[6]}")).Items.Select(post => post.Id));
        Assert.Empty((await reader.HomeAsync("?max_id=1")).Items);
    }

    [Fact]
    public async Task A_page_emptied_by_filters_is_filled_from_what_follows()
    {
        var (reader, authors) = await ReaderOfThreeAsync();
        await WarmAsync(api, reader);
        var kept = await authors[0].CreatePostAsync();
        for (var index = 0; index < 12; index++)
        {
            await authors[1].CreatePostAsync();
        }

        await SettleAsync(api);
        await reader.PutAsync<RelationshipResponse>($"/api/v1/accounts/{authors[1].Username}/mute");

        var page = await reader.HomeAsync("?limit=2");
        Assert.Equal([kept.Id], page.Items.Select(post => post.Id));
        Assert.Equal(await TruthAsync(api, reader), await WalkAsync(reader, 2));
    }

    [Fact]
    public async Task A_flush_in_the_middle_of_a_walk_loses_nothing()
    {
        var (reader, authors) = await ReaderOfThreeAsync();
        await WarmAsync(api, reader);
        for (var index = 0; index < 4; index++)
        {
            foreach (var author in authors)
            {
                await author.CreatePostAsync();
            }
        }

        await SettleAsync(api);
        var truth = await TruthAsync(api, reader);
        var first = await reader.HomeAsync("?limit=3");
        await api.ForgetRedisAsync();
        var second = await reader.HomeAsync($"?limit=3&cursor={first.NextCursor}");
        Assert.Equal(truth[..6], first.Items.Concat(second.Items).Select(post => post.Id));
        Assert.Equal(truth, await WalkAsync(reader, 5));

        await WarmAsync(api, reader);
        var late = await authors[0].CreatePostAsync();
        await SettleAsync(api);
        Assert.Equal([late.Id, .. truth], await WalkAsync(reader, 4));
    }

    [Fact]
    public async Task An_abandoned_rebuild_claims_nothing()
    {
        var (reader, authors) = await ReaderOfThreeAsync();
        var id = long.Parse(reader.Id, CultureInfo.InvariantCulture);
        await authors[0].CreatePostAsync();
        await SettleAsync(api);

        var store = api.Services.GetRequiredService<FeedStore>();
        await WarmAsync(api, reader);

        // Two reads may have asked for a rebuild: the second may still be at it.
        await Eventually.Be(() => store.BeginRebuildAsync(id), token => token is not null);

        var post = await authors[1].CreatePostAsync();
        await SettleAsync(api);
        Assert.Null(await store.DescribeAsync(id));
        var walked = await WalkAsync(reader, 2);
        Assert.Equal(await TruthAsync(api, reader), walked);
        Assert.Contains(post.Id, walked);
    }

    [Fact]
    public async Task An_overtaken_rebuild_does_not_claim_for_its_successor()
    {
        var (reader, authors) = await ReaderOfThreeAsync();
        var id = long.Parse(reader.Id, CultureInfo.InvariantCulture);
        var store = api.Services.GetRequiredService<FeedStore>();
        await SettleAsync(api);
        var first = await store.BeginRebuildAsync(id);
        Assert.Null(await store.BeginRebuildAsync(id));
        await api.ForgetRedisAsync();
        var missed = await authors[0].CreatePostAsync();
        await SettleAsync(api);
        var second = await store.BeginRebuildAsync(id);

        await store.FinishRebuildAsync(id, first!, 3, 0, []);
        Assert.Null(await store.DescribeAsync(id));
        await store.FinishRebuildAsync(id, second!, 3, 0, [long.Parse(missed.Id, CultureInfo.InvariantCulture)]);
        Assert.NotNull(await store.DescribeAsync(id));
    }

    [Fact]
    public async Task Whom_the_reader_follows_blocks_and_mutes_shows_in_the_next_read()
    {
        var reader = await api.SignedInAs("reader");
        var author = await api.SignedInAs("author");
        var post = await author.CreatePostAsync();
        await WarmAsync(api, reader);
        Assert.Empty((await reader.HomeAsync()).Items);

        for (var round = 0; round < 3; round++)
        {
            await reader.FollowAsync(author);
            Assert.Equal([post.Id], (await reader.HomeAsync()).Items.Select(item => item.Id));
            await reader.PutAsync<RelationshipResponse>($"/api/v1/accounts/{author.Username}/mute");
            Assert.Empty((await reader.HomeAsync()).Items);
            await reader.DeleteAsync($"/api/v1/accounts/{author.Username}/mute");
            Assert.Equal([post.Id], (await reader.HomeAsync()).Items.Select(item => item.Id));
            await reader.UnfollowAsync(author);
            Assert.Empty((await reader.HomeAsync()).Items);
        }

        await reader.FollowAsync(author);
        await author.BlockAsync(reader);
        Assert.Empty((await reader.HomeAsync()).Items);
        await SettleAsync(api);
        Assert.Empty(await WalkAsync(reader, 3));
    }

    [Fact]
    public async Task Edits_and_deletions_show_in_the_next_read()
    {
        var (reader, authors) = await ReaderOfThreeAsync();
        var post = await authors[0].CreatePostAsync("before");
        await SettleAsync(api);
        await WarmAsync(api, reader);
        Assert.Equal("before", Assert.Single((await reader.HomeAsync()).Items).Text);

        await authors[0].PutAsync<PostResponse>($"/api/v1/posts/{post.Id}", new EditPostRequest { Text = "after" });
        Assert.Equal("after", Assert.Single((await reader.HomeAsync()).Items).Text);
        await reader.LikeAsync(post);
        var liked = Assert.Single((await reader.HomeAsync()).Items);
        Assert.Equal((1, new PostViewer(true, false, false)), (liked.LikeCount, liked.Viewer));
        await authors[0].DeletePostAsync(post);
        Assert.Empty((await reader.HomeAsync()).Items);
        await authors[0].PostAsync<PostResponse>($"/api/v1/posts/{post.Id}/restore");
        Assert.Equal(post.Id, Assert.Single((await Eventually.Be(() => reader.HomeAsync(), page => page.Items.Count > 0)).Items).Id);
    }

    [Fact]
    public async Task Own_posts_show_at_once_and_without_fan_out()
    {
        var reader = await api.SignedInAs("reader");
        await WarmAsync(api, reader);
        for (var index = 0; index < 8; index++)
        {
            var post = await reader.CreatePostAsync();
            Assert.Equal(post.Id, (await reader.HomeAsync()).Items[0].Id);
        }

        Assert.Equal(await TruthAsync(api, reader), await WalkAsync(reader, 3));
    }

    [Fact]
    public async Task Delivering_a_post_twice_shows_it_once()
    {
        var (reader, authors) = await ReaderOfThreeAsync();
        await WarmAsync(api, reader);
        var post = await authors[0].CreatePostAsync();
        await SettleAsync(api);
        await api.WithDatabase(async db =>
        {
            var id = long.Parse(post.Id, CultureInfo.InvariantCulture);
            db.Publish(new PostCreated(id, long.Parse(authors[0].Id, CultureInfo.InvariantCulture), null));
            db.Publish(new PostCreated(id, long.Parse(authors[0].Id, CultureInfo.InvariantCulture), null));
            return await db.SaveChangesAsync();
        });
        await SettleAsync(api);
        Assert.Equal([post.Id], await WalkAsync(reader, 2));
    }

    [Fact]
    public async Task Late_published_posts_take_their_places()
    {
        var (reader, authors) = await ReaderOfThreeAsync();
        await WarmAsync(api, reader);
        var early = await authors[0].CreatePostAsync(new CreatePostRequestBuilder().AsDraft().Build());
        for (var index = 0; index < 9; index++)
        {
            await authors[1].CreatePostAsync();
        }

        var late = await authors[0].CreatePostAsync(new CreatePostRequestBuilder().AsDraft().Build());
        await authors[1].CreatePostAsync();
        await SettleAsync(api);
        Assert.DoesNotContain(early.Id, await WalkAsync(reader, 4));

        await authors[0].PutAsync<PostResponse>($"/api/v1/posts/{early.Id}", new EditPostRequest { Text = "early", Published = true });
        await authors[0].PutAsync<PostResponse>($"/api/v1/posts/{late.Id}", new EditPostRequest { Text = "late", Published = true });
        await SettleAsync(api);
        var walked = await WalkAsync(reader, 4);
        Assert.Equal(await TruthAsync(api, reader), walked);
        Assert.Equal(12, walked.Count);
    }

    [Fact]
    public async Task Following_somebody_with_more_posts_than_the_window_hides_none()
    {
        var reader = await api.SignedInAs("reader");
        var author = await api.SignedInAs("author");
        for (var index = 0; index < 9; index++)
        {
            await author.CreatePostAsync();
        }

        await WarmAsync(api, reader);
        await reader.FollowAsync(author);
        await SettleAsync(api);
        Assert.Equal(await TruthAsync(api, reader), await WalkAsync(reader, 4));
        Assert.True(await WarmAsync(api, reader) > 0);
    }

    [Fact]
    public async Task Feeds_of_accounts_not_seen_for_days_leave_Redis_and_come_back()
    {
        var (reader, authors) = await ReaderOfThreeAsync();
        await authors[0].CreatePostAsync();
        await WarmAsync(api, reader);

        // Who reads twice before the first rebuild is done has asked for two. They are done in order: after that of somebody
        // else, none waits that would bring back what is pruned.
        await WarmAsync(api, await api.SignedInAs("other"));
        var id = long.Parse(reader.Id, CultureInfo.InvariantCulture);
        await api.Database.ExecuteAsync($"update accounts set last_seen_at = now() - interval '8 days' where id = {id}");
        var store = api.Services.GetRequiredService<FeedStore>();
        Assert.True(await api.Services.GetRequiredService<PruneFeeds>().PruneAsync(CancellationToken.None) > 0);
        Assert.Null(await store.DescribeAsync(id));

        var post = await authors[0].CreatePostAsync();
        await SettleAsync(api);
        Assert.Null(await store.DescribeAsync(id));
        Assert.Equal(post.Id, (await reader.HomeAsync()).Items[0].Id);
        await WarmAsync(api, reader);
        Assert.Equal(await TruthAsync(api, reader), await WalkAsync(reader, 2));
    }

    [Fact]
    public async Task Many_first_reads_at_once_make_one_answer()
    {
        var (reader, authors) = await ReaderOfThreeAsync();
        for (var index = 0; index < 7; index++)
        {
            await authors[index % 3].CreatePostAsync();
        }

        await SettleAsync(api);
        var truth = await TruthAsync(api, reader);
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => reader.HomeAsync()));
        Assert.All(answers, answer => Assert.Equal(truth, answer.Items.Select(post => post.Id)));
    }

    [Theory]
    [InlineData("?cursor=AAAA")]
    [InlineData("?cursor=%20")]
    [InlineData("?max_id=x")]
    [InlineData("?max_id=-1")]
    [InlineData("?min_id=99999999999999999999")]
    public async Task A_place_that_cannot_be_read_is_refused(string query)
    {
        var reader = await api.SignedInAs("reader");
        using var response = await reader.Http.GetAsync(new Uri("/api/v1/feeds/home" + query, UriKind.Relative));
        await response.ShouldBeProblemAsync(400, "invalid_cursor");
    }

    [Fact]
    public async Task A_cursor_of_another_list_and_a_cursor_beside_an_id_are_refused()
    {
        var (reader, authors) = await ReaderOfThreeAsync();
        await authors[0].CreatePostAsync();
        await authors[0].CreatePostAsync();
        var feed = await reader.GetAsync<Page<PostResponse>>("/api/v1/feeds/public?limit=1");
        using var foreign = await reader.Http.GetAsync(new Uri($"/api/v1/feeds/home?cursor={feed.NextCursor}", UriKind.Relative));
        await foreign.ShouldBeProblemAsync(400, "invalid_cursor");
        using var both = await reader.Http.GetAsync(new Uri($"/api/v1/feeds/public?cursor={feed.NextCursor}&max_id=5", UriKind.Relative));
        await both.ShouldBeProblemAsync(400, "invalid_cursor");
    }

    [Theory]
    [InlineData("-3", 1)]
    [InlineData("0", 1)]
    [InlineData("1000000", 40)]
    [InlineData("99999999999", 40)]
    [InlineData("-99999999999", 1)]
    public async Task Limits_are_clamped(string limit, int size)
    {
        var reader = await api.SignedInAs("reader");
        for (var index = 0; index < 41; index++)
        {
            await reader.CreatePostAsync();
        }

        Assert.Equal(size, (await reader.HomeAsync($"?limit={limit}")).Items.Count);
    }

    [Fact]
    public async Task Nobody_has_no_home()
    {
        using var response = await api.Anonymous.GetAsync(new Uri("/api/v1/feeds/home", UriKind.Relative));
        await response.ShouldBeProblemAsync(401, "token_missing");
    }

    [Fact]
    public async Task An_unchanged_page_answers_304_and_links_lead_on()
    {
        var (reader, authors) = await ReaderOfThreeAsync();
        await authors[0].CreatePostAsync();
        var post = await authors[0].CreatePostAsync();
        using var first = await reader.Http.GetAsync(new Uri("/api/v1/feeds/home?limit=1", UriKind.Relative));
        await first.ShouldBe(HttpStatusCode.OK);
        var tag = first.Headers.ETag!;
        Assert.True(tag.IsWeak);
        Assert.Equal("private, no-cache", first.Headers.CacheControl!.ToString().Replace("no-cache, private", "private, no-cache", StringComparison.Ordinal));
        var next = first.Headers.GetValues("Link").Single().Split(';')[0].Trim('<', '>');
        var older = await reader.Http.GetFromJsonAsync<Page<PostResponse>>(new Uri(next), Wire.Json);
        Assert.Single(older!.Items);
        Assert.NotEqual(post.Id, older.Items[0].Id);

        Assert.Equal(HttpStatusCode.NotModified, await StatusAsync());
        await reader.LikeAsync(post);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync());

        async Task<HttpStatusCode> StatusAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/feeds/home?limit=1");
            request.Headers.IfNoneMatch.Add(tag);
            using var response = await reader.Http.SendAsync(request);
            return response.StatusCode;
        }
    }

    private async Task<(TestUser Reader, TestUser[] Authors)> ReaderOfThreeAsync()
    {
        var reader = await api.SignedInAs("reader");
        var authors = new[] { await api.SignedInAs("author"), await api.SignedInAs("author"), await api.SignedInAs("author") };
        foreach (var author in authors)
        {
            await reader.FollowAsync(author);
        }

        return (reader, authors);
    }
}
