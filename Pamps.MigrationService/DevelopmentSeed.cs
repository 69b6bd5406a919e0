using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;

namespace Pamps.MigrationService;

/// <summary>
/// Fills an empty database with accounts that talk to each other, so that the first look is alive. It is all or
/// nothing, in one transaction, and does nothing once it was there: what people do with the demo stays. Everything but
/// the password hashes is the same each time, counted back from now; the random numbers have a fixed seed.
/// </summary>
internal sealed partial class DevelopmentSeed(
    PampsDbContext db, TimeProvider clock, IPasswordHasher<Account> passwords, ILogger<DevelopmentSeed> logger)
{
    /// <summary>Of every demo account; printed in the README.</summary>
    public const string Password = "pamps-demo";

    /// <summary>The account that may administer.</summary>
    public const string Administrator = "ana";

    /// <summary>The account that may import boletos.</summary>
    public const string BillingOperator = "lucia";

    private static readonly TimeSpan Window = TimeSpan.FromDays(28);

    // Random.Shared would give another demo each time; nothing here is secret.
#pragma warning disable CA5394
    private readonly Random _random = new(20090621);

    /// <summary>Adds the demo unless it is there.</summary>
    /// <param name="cancellationToken">Asks to stop; nothing is kept then.</param>
    public Task SeedAsync(CancellationToken cancellationToken) =>
        db.Database.CreateExecutionStrategy().ExecuteAsync(
            async token =>
            {
                db.ChangeTracker.Clear();
                await using var transaction = await db.Database.BeginTransactionAsync(token);

                var demo = DemoConversations.Read();
                var usernames = demo.Select(account => account.Username).ToArray();
                if (await db.Accounts.AnyAsync(account => usernames.Contains(account.Username), token))
                {
                    LogThere();
                    return;
                }

                var accounts = await AddAccountsAsync(demo, token);
                await AddFollowsAsync(accounts, token);
                var posts = await AddPostsAsync(demo, accounts, token);
                await AddLikesAsync(posts, accounts, token);
                await transaction.CommitAsync(token);
                LogAdded(accounts.Count, posts.Count);
            },
            cancellationToken);

    private async Task<Dictionary<string, Account>> AddAccountsAsync(IReadOnlyList<DemoAccount> demo, CancellationToken cancellationToken)
    {
        var accounts = new Dictionary<string, Account>();
        foreach (var person in demo)
        {
            var account = new Account
            {
                Username = person.Username,
                DisplayName = person.DisplayName,
                Bio = person.Bio,
                Language = person.Language,
                Email = $"{person.Username}@pamps.example",
                EmailNormalized = $"{person.Username}@pamps.example",
                Role = person.Username == Administrator ? AccountRole.Administrator : AccountRole.User,
                BillingOperator = person.Username == BillingOperator,
                CreatedAt = Ago(Window + TimeSpan.FromDays(_random.Next(3, 90))),
                LastSeenAt = Ago(TimeSpan.FromMinutes(_random.Next(5, 3000))),
            };
            account.PasswordHash = passwords.HashPassword(account, Password);
            accounts.Add(account.Username, account);
        }

        await AddInOrderAsync(accounts.Values.OrderBy(account => account.CreatedAt), cancellationToken);
        return accounts;
    }

    private async Task AddFollowsAsync(Dictionary<string, Account> accounts, CancellationToken cancellationToken)
    {
        var follows = new List<Follow>();
        foreach (var follower in accounts.Values)
        {
            foreach (var followee in accounts.Values.Where(other => other != follower && _random.NextDouble() < 0.6))
            {
                follows.Add(new Follow
                {
                    FollowerId = follower.Id,
                    FolloweeId = followee.Id,
                    CreatedAt = Ago(Window * (0.1 + (0.9 * _random.NextDouble()))),
                });
            }
        }

        await AddInOrderAsync(follows.OrderBy(follow => follow.CreatedAt), cancellationToken);

        // As if each follow had been made through the API; the triggers have counted them.
        await db.Accounts.ExecuteUpdateAsync(
            account => account.SetProperty(row => row.FeedVersion, row => row.FollowingCount), cancellationToken);

        foreach (var follow in follows)
        {
            Notify(NotificationType.Follow, follow.FolloweeId, follow.FollowerId, $"account:{follow.FollowerId}", null, follow.CreatedAt);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task<List<Post>> AddPostsAsync(
        IReadOnlyList<DemoAccount> demo, Dictionary<string, Account> accounts, CancellationToken cancellationToken)
    {
        var drafts = demo.SelectMany(person => Threads(person)).OrderBy(draft => draft.CreatedAt).ToList();
        var tags = await AddTagsAsync(drafts.Select(draft => draft.Post.Text), cancellationToken);
        var posts = new Dictionary<DemoPost, Post>();
        foreach (var (written, parent, createdAt) in drafts)
        {
            var author = accounts[written.Author];
            var above = parent is null ? null : posts[parent];
            var mentioned = MentionMark().Matches(written.Text).Select(match => match.Groups[1].Value)
                .Where(accounts.ContainsKey).Distinct().ToArray();
            var post = new Post
            {
                AuthorId = author.Id,
                Text = written.Text,
                Lang = author.Language == "en" ? "en" : "pt",
                ParentId = above?.Id,
                RootId = above?.RootId ?? above?.Id,
                Depth = above is null ? 0 : above.Depth + 1,
                CreatedAt = createdAt,
                Tags = [.. TagsOf(written.Text)],
                MentionNames = mentioned,
                Mentions = [.. mentioned.Select(name => new Mention { AccountId = accounts[name].Id })],
                PostTags = [.. TagsOf(written.Text).Select(tag => tags[tag.ToLowerInvariant()]).Distinct().Select(id => new PostTag { TagId = id })],
            };

            // One at a time, because a reply needs the id of its parent.
            await AddInOrderAsync([post], cancellationToken);
            posts.Add(written, post);
        }

        foreach (var (written, parent, createdAt) in drafts)
        {
            var post = posts[written];
            if (parent is not null)
            {
                Notify(NotificationType.Reply, posts[parent].AuthorId, post.AuthorId, $"post:{post.Id}", post, createdAt);
            }

            foreach (var name in post.MentionNames.Where(name => name != parent?.Author))
            {
                Notify(NotificationType.Mention, accounts[name].Id, post.AuthorId, $"post:{post.Id}", post, createdAt);
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        return [.. posts.Values];
    }

    private async Task<Dictionary<string, long>> AddTagsAsync(IEnumerable<string> texts, CancellationToken cancellationToken)
    {
        var tags = texts.SelectMany(TagsOf).Select(tag => tag.ToLowerInvariant()).Distinct().Select(name => new Tag { Name = name }).ToList();
        await AddInOrderAsync(tags, cancellationToken);
        return tags.ToDictionary(tag => tag.Name, tag => tag.Id);
    }

    /// <summary>The posts of a person with their replies, each with its parent and its time.</summary>
    private List<(DemoPost Post, DemoPost? Parent, DateTimeOffset CreatedAt)> Threads(DemoAccount person)
    {
        var drafts = new List<(DemoPost, DemoPost?, DateTimeOffset)>();
        for (var index = 0; index < person.Posts.Count; index++)
        {
            // One post in each share of the time keeps the order they tell their story in; the exponent makes the last days livelier.
            var age = (person.Posts.Count - index - _random.NextDouble()) / person.Posts.Count;
            var createdAt = Ago((Window * Math.Pow(age, 1.6)) + TimeSpan.FromMinutes(10));
            AddThread(person.Posts[index], null, createdAt);
        }

        return drafts;

        void AddThread(DemoPost post, DemoPost? parent, DateTimeOffset createdAt)
        {
            drafts.Add((post, parent, createdAt));
            foreach (var reply in post.Replies)
            {
                // Minutes to hours later, the next reply after this one, and none of them in the future.
                var left = clock.GetUtcNow() - createdAt;
                var pause = TimeSpan.FromMinutes(_random.Next(3, 200));
                createdAt += pause < left ? pause : left * _random.NextDouble();
                AddThread(reply, post, createdAt);
            }
        }
    }

    private async Task AddLikesAsync(List<Post> posts, Dictionary<string, Account> accounts, CancellationToken cancellationToken)
    {
        var likes = new List<Like>();
        foreach (var post in posts)
        {
            // Replies are liked less; some posts strike a chord.
            var appeal = Math.Pow(_random.NextDouble(), post.ParentId is null ? 1 : 3);
            foreach (var account in accounts.Values.Where(account => account.Id != post.AuthorId && _random.NextDouble() < appeal))
            {
                likes.Add(new Like
                {
                    AccountId = account.Id,
                    PostId = post.Id,
                    CreatedAt = post.CreatedAt + ((clock.GetUtcNow() - post.CreatedAt) * Math.Pow(_random.NextDouble(), 6)),
                });
            }
        }

        await AddInOrderAsync(likes.OrderBy(like => like.CreatedAt), cancellationToken);

        var byId = posts.ToDictionary(post => post.Id);
        foreach (var like in likes)
        {
            var post = byId[like.PostId];
            Notify(NotificationType.Like, post.AuthorId, like.AccountId, $"post:{post.Id}:account:{like.AccountId}", post, like.CreatedAt);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Ids grow with time, here as everywhere; nothing stays tracked, or each save would look through all of it.</summary>
    private async Task AddInOrderAsync<T>(IEnumerable<T> rows, CancellationToken cancellationToken)
        where T : class
    {
        db.AddRange(rows);
        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
    }

    private void Notify(NotificationType type, long recipient, long actor, string subject, Post? post, DateTimeOffset createdAt)
    {
        if (recipient != actor)
        {
            db.Notifications.Add(new Notification
            {
                RecipientId = recipient,
                ActorId = actor,
                Type = type,
                Subject = subject,
                PostId = post?.Id,
                CreatedAt = createdAt,
                ReadAt = createdAt < Ago(TimeSpan.FromDays(2)) ? createdAt + TimeSpan.FromHours(5) : null,
            });
        }
    }

    private static IEnumerable<string> TagsOf(string text) => TagMark().Matches(text).Select(match => match.Groups[1].Value);

    private DateTimeOffset Ago(TimeSpan span) => clock.GetUtcNow() - span;
#pragma warning restore CA5394

    [GeneratedRegex(@"(?<!\w)#(\w*\p{L}\w*)")]
    private static partial Regex TagMark();

    [GeneratedRegex(@"(?<!\w)@([a-z0-9_]{3,30})")]
    private static partial Regex MentionMark();

    [LoggerMessage(11, LogLevel.Information, "Added the demo: {Accounts} accounts, {Posts} posts and replies.")]
    private partial void LogAdded(int accounts, int posts);

    [LoggerMessage(12, LogLevel.Information, "The demo is there already.")]
    private partial void LogThere();
}
