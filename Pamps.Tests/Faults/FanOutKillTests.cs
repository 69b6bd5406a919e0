using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Xunit.Abstractions;

namespace Pamps.Tests.Faults;

/// <summary>The API dies while posts are on their way into the home feeds of thousands of followers.</summary>
[TakesMinutes]
public sealed class FanOutKillTests(ITestOutputHelper output)
{
    private const int Followers = 2_000;
    private const int ActiveReaders = 100;
    private const int PostsARound = 6;
    private const int Rounds = 2;

    private static readonly Dictionary<string, string?> Settings = new() { ["Feeds:FanOutBatch"] = "50" };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Every_acknowledged_post_is_in_every_active_feed_exactly_once(int replicas)
    {
        await using var scene = await FaultScene.StartAsync(output, Settings, replicas);
        var author = await scene.SignedInAs("author");
        var keys = await AddFollowersAsync(scene, author);
        await author.CreatePostAsync("before");
        await scene.SettleAsync();
        // With a second replica the survivor answers; with one, the restarted process.
        var alive = scene.Api[^1];
        var readers = keys.Select(key => alive.Connect(key)).ToList();
        var ids = await ReaderIdsAsync(scene, author);
        await Parallel.ForEachAsync(ids.Zip(readers), async (reader, _) => await WarmAsync(scene, reader.First, reader.Second));

        var acknowledged = new ConcurrentBag<string>();
        for (var round = 0; round < Rounds; round++)
        {
            var before = acknowledged.Count;
            var writing = Task.WhenAll(Enumerable.Range(0, 2).Select(_ => WriteAsync(author, PostsARound / 2, acknowledged)));
            var enough = before + 1 + scene.Chance.Below(PostsARound / 2);
            await Eventually.Be(
                async () => (acknowledged.Count, Half: await scene.NumberAsync("select count(*) from outbox_messages where type = 'PostCreated' and cursor is not null")),
                state => state.Count >= enough && state.Half > 0);
            await scene.Chance.MomentAsync(TimeSpan.FromMilliseconds(100));
            await scene.Api[0].KillAsync();
            var interrupted = await scene.NumberAsync("select count(*) from outbox_messages where type = 'PostCreated'");
            await writing;
            scene.Print($"Round {round}: {acknowledged.Count - before} posts acknowledged, {interrupted} on their way when the process was killed.");
            Assert.True(acknowledged.Count > before, "No post was acknowledged.");
            if (round < Rounds - 1 || replicas == 1)
            {
                await scene.Api[0].StartAsync();
            }
        }

        await scene.SettleAsync();
        var truth = (await scene.ColumnAsync<long>("select id from posts where author_id = $1 order by id desc", long.Parse(author.Id, CultureInfo.InvariantCulture)))
            .ConvertAll(id => id.ToString(CultureInfo.InvariantCulture));
        Assert.Empty(acknowledged.Except(truth));

        // What the fan-out has written, before anybody asks: a set that claims to be complete has to be. One whose
        // rebuild died with the process claims nothing, and then the database answers.
        var complete = 0;
        foreach (var id in ids)
        {
            var set = (await scene.Redis.SortedSetRangeByRankAsync($"{scene.RedisKeyPrefix}feed:home:{id}")).Select(member => member.ToString()).ToList();
            if (set is [var description, .. var members] && description.EndsWith(':'))
            {
                complete++;
                Assert.Equal(truth.Order(), members.Order());
            }
        }

        scene.Print($"{complete} of {ids.Count} feeds in Redis are complete.");
        Assert.True(complete > ActiveReaders / 2);
        await Parallel.ForEachAsync(readers, async (reader, _) => Assert.Equal(truth, await WalkAsync(reader)));
        readers.ForEach(reader => reader.Dispose());
    }

    /// <summary>Followers in the database, the first ones with an API key to read with; the keys.</summary>
    private static async Task<List<string>> AddFollowersAsync(FaultScene scene, TestUser author)
    {
        var keys = Enumerable.Range(0, ActiveReaders).Select(_ => ApiKeyFormat.Create()).ToList();
        var authorId = long.Parse(author.Id, CultureInfo.InvariantCulture);
        await scene.ExecuteAsync(
            """
            with made as (
                insert into accounts (username, display_name, bio, links, role, billing_operator, created_at, last_seen_at, feed_version, follower_count, following_count, pulled_feeds)
                select 'reader' || n, '', '', '{}', 'User', false, now(), now(), 1, 0, 0, false from generate_series(1, $2) n returning id)
            insert into follows (follower_id, followee_id, created_at) select id, $1, now() from made
            """,
            authorId, Followers);
        await scene.ExecuteAsync(
            """
            insert into api_keys (account_id, name, prefix, hash, scopes, created_at)
            select f.follower_id, 'reader', k.prefix, k.hash, '{read}', now()
            from (select follower_id, row_number() over (order by follower_id) n from follows) f
            join unnest($1, $2) with ordinality k (prefix, hash, n) on k.n = f.n
            """,
            keys.Select(key => key.Prefix).ToArray(), keys.Select(key => key.Hash).ToArray());
        return keys.ConvertAll(key => key.Key);
    }

    private static Task<List<long>> ReaderIdsAsync(FaultScene scene, TestUser author) => scene.ColumnAsync<long>(
        "select follower_id from follows where followee_id = $1 order by follower_id limit $2",
        long.Parse(author.Id, CultureInfo.InvariantCulture), ActiveReaders);

    /// <summary>Reads until the feed lies in Redis, as that of somebody who is there every day.</summary>
    private static async Task WarmAsync(FaultScene scene, long readerId, HttpClient reader)
    {
        var limit = 1;
        await Eventually.Be(
            async () =>
            {
                // Another size each time, so that memory does not answer.
                using var response = await reader.GetAsync(new Uri($"/api/v1/feeds/home?limit={(limit++ % 40) + 1}", UriKind.Relative));
                await response.ShouldSucceed();
                var lowest = await scene.Redis.SortedSetRangeByRankAsync($"{scene.RedisKeyPrefix}feed:home:{readerId}", 0, 0);
                return lowest is [var description] ? description.ToString() : "";
            },
            // An empty third part: the set is built and claims to be complete.
            description => description.EndsWith(':'));
    }

    private static async Task<List<string>> WalkAsync(HttpClient reader)
    {
        var ids = new List<string>();
        var path = "/api/v1/feeds/home?limit=7";
        while (true)
        {
            using var response = await reader.GetAsync(new Uri(path, UriKind.Relative));
            var page = await response.ShouldSucceed<Page<PostResponse>>();
            ids.AddRange(page.Items.Select(post => post.Id));
            if (page.NextCursor is null)
            {
                return ids;
            }

            path = $"/api/v1/feeds/home?limit=7&cursor={page.NextCursor}";
        }
    }

    /// <summary>Publishes; what is answered is acknowledged, and a connection that breaks says nothing.</summary>
    private static async Task WriteAsync(TestUser author, int count, ConcurrentBag<string> acknowledged)
    {
        for (var number = 0; number < count; number++)
        {
            try
            {
                using var response = await author.Http.PostAsJsonAsync("/api/v1/posts", new CreatePostRequestBuilder().Saying("news").Build(), Wire.Json);
                acknowledged.Add((await response.ShouldSucceed<PostResponse>()).Id);
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException)
            {
                return;
            }
        }
    }
}
