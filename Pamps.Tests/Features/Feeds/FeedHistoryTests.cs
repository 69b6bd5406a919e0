
namespace Pamps.Tests.Features.Feeds;

/// <summary>Random histories end in the right feeds, however they are kept.</summary>
[TakesMinutes]
public sealed class FeedHistoryTests(SmallWindowFixture api) : IClassFixture<SmallWindowFixture>
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public Task Feeds_equal_the_database_after_a_random_history(int seed) => new FeedHistory(api, seed).RunAsync(people: 6, steps: 120);

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public Task Feeds_equal_the_database_though_Redis_is_emptied_now_and_then(int seed) =>
        new FeedHistory(api, seed).RunAsync(people: 5, steps: 100, api.ForgetRedisAsync);
}

/// <summary>The same where every author is merged at read.</summary>
public sealed class PulledFeedHistoryTests(PulledFeedsFixture api) : IClassFixture<PulledFeedsFixture>
{
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public Task Feeds_are_the_same_above_the_limit_of_followers(int seed) => new FeedHistory(api, seed).RunAsync(people: 5, steps: 100);
}

/// <summary>The same where no reader has a feed in Redis.</summary>
public sealed class NoFeedHistoryTests(NoFeedsFixture api) : IClassFixture<NoFeedsFixture>
{
    [Theory]
    [InlineData(21)]
    public Task Feeds_are_the_same_above_the_limit_of_followees(int seed) => new FeedHistory(api, seed).RunAsync(people: 5, steps: 100);
}

/// <summary>The same while Redis comes and goes.</summary>
[TakesMinutes]
public sealed class RedisOutageTests(FragileRedisFixture api) : IClassFixture<FragileRedisFixture>
{
    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    public async Task Feeds_equal_memory_though_Redis_is_emptied_cut_off_and_comes_back(int seed)
    {
        var faults = 0;
        await new FeedHistory(api, seed).RunAsync(people: 12, steps: 400, FaultAsync, api.Gate.Open);
        Assert.True(faults >= 9, "Too little has happened.");

        async Task FaultAsync()
        {
            switch (faults++ % 3)
            {
                case 0:
                    await api.ForgetRedisAsync();
                    break;
                case 1:
                    api.Gate.Cut();
                    break;
                default:
                    api.Gate.Open();
                    break;
            }
        }
    }

    [Fact]
    public async Task Posts_written_while_Redis_is_away_are_not_lost()
    {
        var reader = await api.SignedInAs("reader");
        var author = await api.SignedInAs("author");
        await reader.FollowAsync(author);
        await author.CreatePostAsync();
        await FeedSteps.SettleAsync(api);
        await FeedSteps.WarmAsync(api, reader);

        api.Gate.Cut();
        for (var index = 0; index < 7; index++)
        {
            var post = await author.CreatePostAsync();

            // Other replicas cannot be heard, so copies live a second; the database answers after that at the latest.
            await Eventually.Be(() => reader.HomeAsync("?limit=3"), page => page.Items[0].Id == post.Id);
        }

        api.Gate.Open();
        await FeedSteps.SettleAsync(api);
        Assert.Equal(await FeedSteps.TruthAsync(api, reader), await FeedSteps.WalkAsync(reader, 3));
        await FeedSteps.WarmAsync(api, reader);
        Assert.Equal(await FeedSteps.TruthAsync(api, reader), await FeedSteps.WalkAsync(reader, 3));
    }

    [Fact]
    public async Task A_Redis_that_hangs_costs_a_moment_and_no_answer()
    {
        var reader = await api.SignedInAs("reader");
        var author = await api.SignedInAs("author");
        await reader.FollowAsync(author);
        await author.CreatePostAsync();
        await FeedSteps.SettleAsync(api);
        api.Gate.Freeze();
        try
        {
            for (var limit = 1; limit < 20; limit++)
            {
                Assert.Single((await reader.HomeAsync($"?limit={limit}")).Items);
            }
        }
        finally
        {
            api.Gate.Open();
        }

        await FeedSteps.WarmAsync(api, reader);
    }
}
