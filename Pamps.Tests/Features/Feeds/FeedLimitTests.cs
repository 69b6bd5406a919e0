using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Pamps.ApiService.Features.Accounts;
using Pamps.ApiService.Features.Feeds;
using static Pamps.Tests.Features.Feeds.FeedSteps;

namespace Pamps.Tests.Features.Feeds;

/// <summary>Where authors have too many followers to fan out to, and readers too many followees for a feed in Redis: crossing either shows in no feed.</summary>
public sealed class FeedLimitTests(FeedLimitTests.LowLimits api) : IClassFixture<FeedLimitTests.LowLimits>
{
    [Fact]
    public async Task An_author_whom_one_too_many_follow_is_read_as_before()
    {
        var author = await api.SignedInAs("author");
        var readers = new List<TestUser>();
        for (var count = 1; count <= LowLimits.Most + 2; count++)
        {
            var reader = await api.SignedInAs("reader");
            readers.Add(reader);
            await reader.FollowAsync(author);
            await WarmAsync(api, reader);
            await author.CreatePostAsync();
            await author.CreatePostAsync();
            await SettleAsync(api);
            foreach (var one in readers)
            {
                Assert.Equal(await TruthAsync(api, one), await WalkAsync(one, 3));
            }
        }

        Assert.True(await api.WithDatabase(db => db.Accounts.AnyAsync(account => account.Username == author.Username && account.PulledFeeds)), "The limit was not crossed.");

        // Below the limit again: going back is not automatic, and does not show either.
        await readers[0].UnfollowAsync(author);
        await readers[1].UnfollowAsync(author);
        await author.CreatePostAsync();
        await SettleAsync(api);
        foreach (var one in readers)
        {
            Assert.Equal(await TruthAsync(api, one), await WalkAsync(one, 3));
        }
    }

    [Fact]
    public async Task A_reader_who_follows_one_too_many_reads_on_and_back()
    {
        var reader = await api.SignedInAs("reader");
        var authors = new List<TestUser>();
        for (var count = 1; count <= LowLimits.Most + 2; count++)
        {
            var author = await api.SignedInAs("author");
            authors.Add(author);
            await author.CreatePostAsync();
            await reader.FollowAsync(author);
            Assert.Equal(await TruthAsync(api, reader), await WalkAsync(reader, 3));
            foreach (var one in authors)
            {
                await one.CreatePostAsync();
            }

            await SettleAsync(api);
            Assert.Equal(await TruthAsync(api, reader), await WalkAsync(reader, 3));
        }

        foreach (var author in authors)
        {
            await reader.UnfollowAsync(author);
            Assert.Equal(await TruthAsync(api, reader), await WalkAsync(reader, 3));
            await authors[^1].CreatePostAsync();
            await SettleAsync(api);
            Assert.Equal(await TruthAsync(api, reader), await WalkAsync(reader, 3));
        }
    }

    [Fact]
    public async Task The_feed_of_a_deleted_account_leaves_Redis()
    {
        var (reader, author) = (await api.SignedInAs("reader"), await api.SignedInAs("author"));
        await reader.FollowAsync(author);
        await author.CreatePostAsync();
        await WarmAsync(api, reader);
        var id = long.Parse(reader.Id, CultureInfo.InvariantCulture);

        using var request = new HttpRequestMessage(HttpMethod.Delete, "/api/v1/me") { Content = System.Net.Http.Json.JsonContent.Create(new { password = reader.Password }) };
        using var deleted = await reader.Http.SendAsync(request);
        await deleted.ShouldSucceed();

        var store = api.Services.GetRequiredService<FeedStore>();
        await Eventually.Be(() => store.DescribeAsync(id), feed => feed is null);

        // What is written afterwards, before and after the account is purged, does not bring it back.
        await author.CreatePostAsync();
        await SettleAsync(api);
        Assert.Null(await store.DescribeAsync(id));
        await api.Database.ExecuteAsync($"update accounts set deleted_at = 'epoch' where id = {id}");
        await api.WithDatabase(db => PurgeAccounts.RunAsync(db, new AccountOptions(), TimeProvider.System.GetUtcNow(), CancellationToken.None));
        await author.CreatePostAsync();
        await SettleAsync(api);
        Assert.Null(await store.DescribeAsync(id));
    }

    /// <summary>An API where two are many.</summary>
    public sealed class LowLimits : SmallWindowFixture
    {
        /// <summary>Most followers that are fanned out to, and most followees that a feed in Redis is kept for.</summary>
        public const int Most = 2;

        /// <inheritdoc />
        protected override void Configure(ApiSettings settings)
        {
            base.Configure(settings);
            settings["Feeds:FanOutFollowersMax"] = Most.ToString(CultureInfo.InvariantCulture);
            settings["Feeds:FolloweesMax"] = Most.ToString(CultureInfo.InvariantCulture);
        }
    }
}
