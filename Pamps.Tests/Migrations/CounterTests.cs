using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Data;

namespace Pamps.Tests.Migrations;

/// <summary>The triggers, at the database: features may change rows in any way and the counts still agree.</summary>
public sealed class CounterTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private PampsDbContext _db = null!;
    private Account[] _accounts = [];
    private Post _post = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _db = Connect();
        _accounts = [.. Enumerable.Range(1, 3).Select(number => new Account { Username = $"account{number}" })];
        _db.AddRange(_accounts);
        await _db.SaveChangesAsync();
        _post = new Post { AuthorId = _accounts[0].Id, Text = "informação" };
        _db.Add(_post);
        await _db.SaveChangesAsync();
    }

    public async Task DisposeAsync()
    {
        await _db.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Likes_count_until_they_are_taken_back()
    {
        _db.AddRange(_accounts.Select(account => new Like { AccountId = account.Id, PostId = _post.Id }));
        await _db.SaveChangesAsync();
        Assert.Equal(3, (await ReadAsync(_post)).LikeCount);

        await _db.Likes.Where(like => like.AccountId != _accounts[0].Id).ExecuteDeleteAsync();
        Assert.Equal(1, (await ReadAsync(_post)).LikeCount);
    }

    [Fact]
    public async Task A_failed_transaction_counts_nothing()
    {
        await using (var transaction = await _db.Database.BeginTransactionAsync())
        {
            _db.Add(new Like { AccountId = _accounts[0].Id, PostId = _post.Id });
            await _db.SaveChangesAsync();
        }

        Assert.Equal(0, (await ReadAsync(_post)).LikeCount);
    }

    [Fact]
    public async Task Replies_count_while_they_can_be_seen()
    {
        var reply = new Post { AuthorId = _accounts[1].Id, Text = "reply", ParentId = _post.Id };
        _db.Add(reply);
        _db.Add(new Post { AuthorId = _accounts[1].Id, Text = "draft", ParentId = _post.Id, Published = false });
        await _db.SaveChangesAsync();
        var counts = new List<int> { (await ReadAsync(_post)).ReplyCount };

        await ChangeAsync(row => row.DeletedAt = DateTimeOffset.UnixEpoch);
        await ChangeAsync(row => row.HiddenAt = DateTimeOffset.UnixEpoch);
        await ChangeAsync(row => row.DeletedAt = null);
        await ChangeAsync(row => row.HiddenAt = null);
        await ChangeAsync(row => row.Published = false);
        await ChangeAsync(row => row.Published = true);
        await ChangeAsync(row => row.Text = "other words");
        await _db.Posts.Where(row => row.Id == reply.Id).ExecuteDeleteAsync();
        counts.Add((await ReadAsync(_post)).ReplyCount);

        Assert.Equal([1, 0, 0, 0, 1, 0, 1, 1, 0], counts);

        async Task ChangeAsync(Action<Post> change)
        {
            change(reply);
            await _db.SaveChangesAsync();
            counts.Add((await ReadAsync(_post)).ReplyCount);
        }
    }

    [Fact]
    public async Task Follows_count_on_both_sides()
    {
        _db.Add(new Follow { FollowerId = _accounts[0].Id, FolloweeId = _accounts[1].Id });
        _db.Add(new Follow { FollowerId = _accounts[2].Id, FolloweeId = _accounts[1].Id });
        await _db.SaveChangesAsync();
        Assert.Equal([(0, 1), (2, 0), (0, 1)], await CountsAsync());

        await _db.Follows.Where(follow => follow.FollowerId == _accounts[0].Id).ExecuteDeleteAsync();
        Assert.Equal([(0, 0), (1, 0), (0, 1)], await CountsAsync());
    }

    [Fact]
    public async Task Two_accounts_that_follow_each_other_at_the_same_moment_do_not_lock_each_other_out()
    {
        for (var round = 0; round < 30; round++)
        {
            await Task.WhenAll(FollowAsync(0, 1), FollowAsync(1, 0));
            await _db.Follows.ExecuteDeleteAsync();
        }

        Assert.Equal([(0, 0), (0, 0), (0, 0)], await CountsAsync());

        async Task FollowAsync(int follower, int followee)
        {
            await using var db = Connect();
            db.Add(new Follow { FollowerId = _accounts[follower].Id, FolloweeId = _accounts[followee].Id });
            await db.SaveChangesAsync();
        }
    }

    [Theory]
    [InlineData("informação")]
    [InlineData("informações")]
    [InlineData("INFORMACAO")]
    public async Task Search_finds_words_in_all_their_forms(string words)
    {
        var found = await _db.Posts
            .FromSql($"select * from posts where search @@ (websearch_to_tsquery('portuguese', {words}) || websearch_to_tsquery('pamps_plain', {words}))")
            .Select(post => post.Text).ToListAsync();

        Assert.Equal(["informação"], found);
    }

    private async Task<List<(int Followers, int Following)>> CountsAsync() =>
        [.. (await _db.Accounts.AsNoTracking().OrderBy(row => row.Id).ToListAsync()).Select(row => (row.FollowerCount, row.FollowingCount))];

    private async Task<Post> ReadAsync(Post post) => await _db.Posts.AsNoTracking().SingleAsync(row => row.Id == post.Id);

    private PampsDbContext Connect() => new(new DbContextOptionsBuilder<PampsDbContext>().UseNpgsql(_database.ConnectionString).Options);
}
