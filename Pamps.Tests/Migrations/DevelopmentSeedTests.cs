using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.MigrationService;

namespace Pamps.Tests.Migrations;

public sealed partial class DevelopmentSeedTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new();
    private readonly PasswordHasher<Account> _passwords = new(Options.Create(new PasswordHasherOptions { IterationCount = 1000 }));
    private TestDatabase _database = null!;

    public async Task InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task A_second_time_changes_nothing()
    {
        await SeedAsync();
        var rows = await _database.DigestAsync();
        _clock.Advance(TimeSpan.FromDays(3));
        await SeedAsync();

        Assert.StartsWith("13 rows", rows["accounts"], StringComparison.Ordinal);
        Assert.Equal(rows, await _database.DigestAsync());
    }

    [Fact]
    public async Task Two_databases_get_the_same_demo()
    {
        await using var other = await TestDatabase.CreateAsync();
        await SeedAsync();
        await SeedAsync(other);

        var (one, two) = (await _database.DigestAsync(), await other.DigestAsync());

        // Accounts hold salted hashes, the history its own migrations.
        Assert.Equal(one.Where(table => table.Key != "accounts"), two.Where(table => table.Key != "accounts"));
    }

    [Fact]
    public async Task It_is_a_town_not_a_sample()
    {
        await SeedAsync();
        await using var db = Connect();

        Assert.InRange(await db.Accounts.CountAsync(), 12, 20);
        Assert.InRange(await db.Posts.CountAsync(post => post.ParentId == null), 100, 500);
        Assert.InRange(await db.Posts.CountAsync(post => post.ParentId != null), 100, 500);
        Assert.InRange(await db.Likes.CountAsync(), 500, 5000);
        Assert.InRange(await db.Follows.CountAsync(), 50, 200);
        Assert.Equal(["en", "pt"], await db.Posts.Select(post => post.Lang).Distinct().Order().ToListAsync());
        Assert.True(await db.Accounts.AllAsync(account => db.Notifications.Any(note => note.RecipientId == account.Id && note.ReadAt == null)));
    }

    [Fact]
    public async Task A_larger_id_is_newer_and_nothing_lies_in_the_future()
    {
        await SeedAsync();
        await using var db = Connect();

        foreach (var times in new[]
        {
            await db.Accounts.OrderBy(row => row.Id).Select(row => row.CreatedAt).ToListAsync(),
            await db.Follows.OrderBy(row => row.Id).Select(row => row.CreatedAt).ToListAsync(),
            await db.Posts.OrderBy(row => row.Id).Select(row => row.CreatedAt).ToListAsync(),
            await db.Likes.OrderBy(row => row.Id).Select(row => row.CreatedAt).ToListAsync(),
        })
        {
            Assert.Equal(times.Order(), times);
            Assert.True(times[^1] <= _clock.GetUtcNow());
            Assert.True(times[0] < _clock.GetUtcNow() - TimeSpan.FromDays(14));
        }

        Assert.True(await db.Posts.MaxAsync(post => post.CreatedAt) > _clock.GetUtcNow() - TimeSpan.FromDays(1));
        Assert.True(await db.Posts.AllAsync(post => post.Parent == null || post.Parent.CreatedAt < post.CreatedAt));
        Assert.True(await db.Posts.AllAsync(post => post.CreatedAt > post.Author.CreatedAt));
        Assert.True(await db.Likes.AllAsync(like => like.CreatedAt >= like.Post.CreatedAt));
    }

    [Fact]
    public async Task Counts_agree_with_what_they_count()
    {
        await SeedAsync();
        await using var db = Connect();

        Assert.True(await db.Posts.AllAsync(post => post.LikeCount == db.Likes.Count(like => like.PostId == post.Id)));
        Assert.True(await db.Posts.AllAsync(post => post.ReplyCount == db.Posts.Count(reply => reply.ParentId == post.Id)));
        Assert.True(await db.Accounts.AllAsync(account => account.FollowerCount == db.Follows.Count(follow => follow.FolloweeId == account.Id)));
        Assert.True(await db.Accounts.AllAsync(account => account.FollowingCount == db.Follows.Count(follow => follow.FollowerId == account.Id)));
    }

    [Fact]
    public async Task Tags_and_mentions_are_those_of_the_text()
    {
        await SeedAsync();
        await using var db = Connect();
        var post = await db.Posts.Include(row => row.PostTags).ThenInclude(row => row.Tag).Include(row => row.Mentions).ThenInclude(row => row.Account)
            .SingleAsync(row => row.Text.StartsWith("Mapa do forno feito"));

        Assert.Equal(["padaria"], post.Tags);
        Assert.Equal(["padaria"], post.PostTags.Select(row => row.Tag.Name));
        Assert.Equal(["kofi"], post.MentionNames);
        Assert.Equal(["kofi"], post.Mentions.Select(row => row.Account.Username));
    }

    [Fact]
    public async Task The_printed_password_opens_every_account()
    {
        await SeedAsync();
        await using var db = Connect();

        Assert.All(await db.Accounts.ToListAsync(), account => Assert.NotEqual(
            PasswordVerificationResult.Failed, _passwords.VerifyHashedPassword(account, account.PasswordHash!, DevelopmentSeed.Password)));
        Assert.Equal([DevelopmentSeed.Administrator], await db.Accounts.Where(row => row.Role == AccountRole.Administrator).Select(row => row.Username).ToListAsync());
        Assert.Equal([DevelopmentSeed.BillingOperator], await db.Accounts.Where(row => row.BillingOperator).Select(row => row.Username).ToListAsync());
    }

    [Fact]
    public void Every_text_obeys_the_limits_of_the_product()
    {
        var accounts = DemoConversations.Read();
        var posts = accounts.SelectMany(account => account.Posts).SelectMany(Thread).ToList();
        Assert.NotEmpty(posts);

        Assert.All(accounts, account =>
        {
            Assert.InRange(account.Username.Length, AccountLimits.UsernameMin, AccountLimits.UsernameMax);
            Assert.Matches(AccountLimits.UsernamePattern, account.Username);
            Assert.InRange(account.DisplayName.Length, 1, AccountLimits.DisplayNameMax);
            Assert.InRange(account.Bio.Length, 1, AccountLimits.BioMax);
            Assert.Contains(account.Language, new[] { "pt-BR", "en" });
        });
        Assert.InRange(DevelopmentSeed.Password.Length, AccountLimits.PasswordMin, AccountLimits.PasswordMax);

        var names = accounts.Select(account => account.Username).ToHashSet();
        Assert.Equal(accounts.Count, names.Count);
        Assert.Equal(posts.Count, posts.Select(post => post.Text).Distinct().Count());
        Assert.All(posts, post =>
        {
            Assert.InRange(new StringInfo(post.Text).LengthInTextElements, 1, PostLimits.TextGraphemes);
            Assert.Equal(post.Text.Trim().Normalize(), post.Text);
            Assert.Contains(post.Author, names);
            Assert.All(Mention().Matches(post.Text), match => Assert.Contains(match.Groups[1].Value, names));
        });

        static IEnumerable<DemoPost> Thread(DemoPost post) => post.Replies.SelectMany(Thread).Prepend(post);
    }

    private async Task SeedAsync(TestDatabase? database = null)
    {
        await using var db = Connect(database);
        await new DevelopmentSeed(db, _clock, _passwords, NullLogger<DevelopmentSeed>.Instance).SeedAsync(CancellationToken.None);
    }

    private PampsDbContext Connect(TestDatabase? database = null) =>
        new(new DbContextOptionsBuilder<PampsDbContext>().UseNpgsql((database ?? _database).ConnectionString).Options);

    [GeneratedRegex(@"@(\w+)")]
    private static partial Regex Mention();
}
