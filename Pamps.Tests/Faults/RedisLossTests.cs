using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using Pamps.ApiService.Contracts;
using Pamps.Tests.Features.Feeds;
using Pamps.Tests.Features.Streams;
using Xunit.Abstractions;

namespace Pamps.Tests.Faults;

/// <summary>An API with a Redis of its own, which may be emptied and killed; feeds hold twenty posts, so that the edge is crossed.</summary>
public sealed class OwnRedisFixture : ApiFixture, IAsyncLifetime
{
    /// <summary>The server.</summary>
    internal RedisProcess Redis { get; private set; } = null!;

    /// <inheritdoc />
    public new async Task InitializeAsync()
    {
        Redis = await RedisProcess.CreateAsync();
        await base.InitializeAsync();
    }

    /// <inheritdoc />
    public new async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await (Redis?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    /// <inheritdoc />
    protected override void Configure(ApiSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings["ConnectionStrings:cache"] = Redis.ConnectionString;
        settings["Feeds:Window"] = "20";
    }
}

/// <summary>Redis loses everything, or dies and comes back, in the middle of reading and writing.</summary>
public sealed class RedisLossTests(OwnRedisFixture api, ITestOutputHelper output) : IClassFixture<OwnRedisFixture>
{
    private const int Readers = 4;

    private readonly ConcurrentDictionary<HttpStatusCode, int> _reads = [];
    private readonly ConcurrentDictionary<HttpStatusCode, int> _writes = [];

    [Fact]
    public async Task Flushing_everything_is_seen_by_nobody()
    {
        var chance = new Chance(output);
        var (readers, authors) = await PeopleAsync();
        using var stream = await OpenedStream.OpenAsync(readers[0], "home");
        var heard = Listen(stream);

        await UnderLoadAsync(readers, authors, async () =>
        {
            for (var flush = 0; flush < 5; flush++)
            {
                await AdvanceAsync(chance);
                await api.Redis.FlushAllAsync();
            }

            await AdvanceAsync(chance);
        });

        await ShouldBeTruthAsync(readers);
        var last = await authors[0].CreatePostAsync();
        await Eventually.Be(() => Task.FromResult(heard.ToList()), events => events.Contains(("post", last.Id)));
    }

    [Fact]
    public async Task A_killed_Redis_costs_neither_answers_nor_posts_nor_live_events()
    {
        var chance = new Chance(output);
        var (readers, authors) = await PeopleAsync();
        using var stream = await OpenedStream.OpenAsync(readers[0], "home");
        var heard = Listen(stream);
        var during = new List<string>();
        var heardBefore = 0;

        await UnderLoadAsync(readers, authors, async () =>
        {
            for (var kill = 0; kill < 2; kill++)
            {
                await AdvanceAsync(chance);
                await api.Redis.KillAsync();
                heardBefore = heard.Count;
                during.Clear();
                during.Add((await authors[0].CreatePostAsync()).Id);
                await AdvanceAsync(chance);
                during.Add((await authors[1].CreatePostAsync()).Id);
                await api.Redis.StartAsync();
            }

            await AdvanceAsync(chance);
        });

        await ShouldBeTruthAsync(readers);

        // The stream that was open all the time goes on, and what it could not bring it admits.
        var last = await authors[0].CreatePostAsync();
        var events = await Eventually.Be(() => Task.FromResult(heard.ToList()), events => events.Contains(("post", last.Id)));
        var told = events.Skip(heardBefore).ToList();
        output.WriteLine($"{told.Count(e => e.Type == "reset")} resets, {during.Count(id => told.Contains(("post", id)))} of {during.Count} posts of the outage replayed.");
        Assert.True(told.Exists(e => e.Type == "reset") || during.TrueForAll(id => told.Contains(("post", id))));
    }

    /// <summary>Readers who follow all authors, each with a feed in Redis.</summary>
    private async Task<(List<TestUser> Readers, List<TestUser> Authors)> PeopleAsync()
    {
        var (readers, authors) = (new List<TestUser>(), new List<TestUser>());
        for (var number = 0; number < Readers; number++)
        {
            readers.Add(await api.SignedInAs("reader"));
            authors.Add(await api.SignedInAs("author"));
        }

        foreach (var reader in readers)
        {
            foreach (var author in authors)
            {
                await reader.FollowAsync(author);
            }
        }

        await authors[0].CreatePostAsync();
        await FeedSteps.SettleAsync(api);
        foreach (var reader in readers)
        {
            await FeedSteps.WarmAsync(api, reader);
        }

        return (readers, authors);
    }

    /// <summary>Lets everybody read, write, delete and unfollow while something happens; no answer may be a 5xx.</summary>
    private async Task UnderLoadAsync(List<TestUser> readers, List<TestUser> authors, Func<Task> fault)
    {
        using var end = new CancellationTokenSource();
        var load = Task.WhenAll([
            .. readers.Select((reader, number) => ReadAsync(reader, number, end.Token)),
            .. authors.Take(2).Select(author => WriteAsync(author, end.Token)),
            FollowAsync(readers[^1], authors[^1], end.Token),
        ]);
        await fault();
        await end.CancelAsync();
        await load;
        output.WriteLine($"Reads: {string.Join(", ", _reads)}; writes: {string.Join(", ", _writes)}");
        Assert.All(_reads.Keys, status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.All(_writes.Keys, status => Assert.InRange((int)status, 200, 299));
    }

    private async Task ReadAsync(TestUser reader, int number, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            var path = number % 2 == 0 ? "/api/v1/feeds/home" : $"/api/v1/feeds/home?limit={5 + number}";
            while (path is not null)
            {
                using var response = await reader.Http.GetAsync(new Uri(path, UriKind.Relative), CancellationToken.None);
                _reads.AddOrUpdate(response.StatusCode, 1, (_, count) => count + 1);
                // The odd ones page through, past what Redis holds.
                path = number % 2 == 1 && response.IsSuccessStatusCode && (await response.ShouldSucceed<Page<PostResponse>>()).NextCursor is { } next
                    ? $"/api/v1/feeds/home?limit={5 + number}&cursor={next}"
                    : null;
            }
        }
    }

    private async Task WriteAsync(TestUser author, CancellationToken end)
    {
        for (var number = 1; !end.IsCancellationRequested; number++)
        {
            using var response = await author.Http.PostAsJsonAsync("/api/v1/posts", new CreatePostRequestBuilder().Build(), Wire.Json, CancellationToken.None);
            _writes.AddOrUpdate(response.StatusCode, 1, (_, count) => count + 1);
            if (number % 4 == 0 && response.IsSuccessStatusCode)
            {
                var id = (await response.ShouldSucceed<PostResponse>()).Id;
                using var deletion = await author.Http.DeleteAsync(new Uri($"/api/v1/posts/{id}", UriKind.Relative), CancellationToken.None);
                _writes.AddOrUpdate(deletion.StatusCode, 1, (_, count) => count + 1);
            }
        }
    }

    private async Task FollowAsync(TestUser reader, TestUser author, CancellationToken end)
    {
        var path = new Uri($"/api/v1/accounts/{author.Username}/follow", UriKind.Relative);
        while (!end.IsCancellationRequested)
        {
            using var ended = await reader.Http.DeleteAsync(path, CancellationToken.None);
            using var begun = await reader.Http.PutAsync(path, content: null, CancellationToken.None);
            _writes.AddOrUpdate(ended.StatusCode, 1, (_, count) => count + 1);
            _writes.AddOrUpdate(begun.StatusCode, 1, (_, count) => count + 1);
        }
    }

    /// <summary>Waits until the load has got on a little, and a random moment more.</summary>
    private async Task AdvanceAsync(Chance chance)
    {
        var (reads, writes) = (Sum(_reads) + 10 + chance.Below(20), Sum(_writes) + 4 + chance.Below(6));
        await Eventually.Be(() => Task.FromResult((Sum(_reads), Sum(_writes))), now => now.Item1 >= reads && now.Item2 >= writes);
        await chance.MomentAsync(TimeSpan.FromMilliseconds(150));
    }

    /// <summary>Once the outbox is empty, every feed is what one plain query says; so it is when Redis has it again.</summary>
    private async Task ShouldBeTruthAsync(List<TestUser> readers)
    {
        await FeedSteps.SettleAsync(api);
        foreach (var reader in readers)
        {
            var truth = await FeedSteps.TruthAsync(api, reader);
            Assert.NotEmpty(truth);
            Assert.Equal(truth, await FeedSteps.WalkAsync(reader, 9));
            await FeedSteps.WarmAsync(api, reader);
            Assert.Equal(truth, await FeedSteps.WalkAsync(reader, 11));
        }
    }

    private static int Sum(ConcurrentDictionary<HttpStatusCode, int> counts) => counts.Values.Sum();

    /// <summary>Collects what a stream brings, until it is disposed of.</summary>
    private static ConcurrentQueue<(string Type, string? PostId)> Listen(OpenedStream stream)
    {
        var heard = new ConcurrentQueue<(string, string?)>();
        _ = Task.Run(async () =>
        {
            try
            {
                while (true)
                {
                    var e = await stream.NextAsync();
                    heard.Enqueue((e.Type, e.Data.TryGetProperty("postId", out var id) ? id.GetString() : null));
                }
            }
            catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException)
            {
                // The test is over; one that is not will miss the events.
            }
        });
        return heard;
    }
}
