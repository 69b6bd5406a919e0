using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Pamps.ApiService.Features.Accounts;
using Pamps.ApiService.Features.Feeds;
using Pamps.ApiService.Outbox;

namespace Pamps.ApiService.Cli;

/// <summary>Commands that keep derived data right and remove what is past its time.</summary>
internal static class UpkeepCommands
{
    /// <summary>Adds the commands.</summary>
    /// <param name="root">The root.</param>
    /// <param name="run">Makes actions.</param>
    public static void AddTo(RootCommand root, AdminAction run)
    {
        var account = new Option<string?>("--account") { Description = "The feed of this account." };
        var all = new Option<bool>("--all") { Description = "The feeds of all active accounts." };
        var yes = new Option<bool>("--yes") { Description = "Yes, delete everything." };

        var feeds = new Command("feeds", "Home feeds in Redis.");
        feeds.Add(AccountCommands.Command("rebuild", "Builds home feeds anew, in the background.", [], [account, all], run((context, token) => RebuildAsync(context, account, all, token))));
        feeds.Add(AccountCommands.Command("prune", "Removes the feeds of accounts not seen for days.", [], [], run(PruneAsync)));
        root.Add(feeds);

        var posts = new Command("posts", "All posts.");
        posts.Add(AccountCommands.Command("reindex", "Finds the tags and the searched words of all posts anew, in the background.", [], [], run(ReindexAsync)));
        root.Add(posts);

        var counts = new Command("counts", "Counted columns.");
        counts.Add(AccountCommands.Command("recount", "Counts likes, replies and followers anew; right counts stay untouched.", [], [], run(RecountAsync)));
        root.Add(counts);

        root.Add(AccountCommands.Command("purge", "Erases accounts whose grace time is over, old exports and old idempotency keys.", [], [], run(PurgeAsync)));
        root.Add(AccountCommands.Command("statistics", "Tells how much there is of everything.", [], [], run(StatisticsAsync)));

        var database = new Command("database", "The whole database.");
        database.Add(AccountCommands.Command("reset", "Deletes all rows; in Development only.", [], [yes], run((context, token) => ResetAsync(context, yes, token))));
        root.Add(database);
    }

    private static async Task<AdminResult> RebuildAsync(AdminContext context, Option<string?> account, Option<bool> all, CancellationToken cancellationToken)
    {
        var name = context.Arguments.GetValue(account)?.ToLowerInvariant();
        if (name is null == !context.Arguments.GetValue(all))
        {
            return AdminResult.Refused("Give either --account or --all.");
        }

        long? id = null;
        if (name is not null)
        {
            id = await context.Db.Accounts.Where(row => row.Username == name && row.DeletedAt == null).Select(row => (long?)row.Id).SingleOrDefaultAsync(cancellationToken);
            if (id is null)
            {
                return AdminResult.Refused($"There is no account {name}.");
            }
        }

        if (!context.DryRun)
        {
            context.Db.Publish(new FeedRebuildRequested(id));
            await context.Db.SaveChangesAsync(cancellationToken);
        }

        return AdminResult.Done($"The rebuild of {name ?? "all feeds"} is queued; `outbox list` shows its progress.", ("account", name));
    }

    private static async Task<AdminResult> ReindexAsync(AdminContext context, CancellationToken cancellationToken)
    {
        if (!context.DryRun)
        {
            context.Db.Publish(new PostReindexRequested());
            await context.Db.SaveChangesAsync(cancellationToken);
        }

        return AdminResult.Done("The new index of all posts is queued; `outbox list` shows its progress.");
    }

    private static async Task<AdminResult> PruneAsync(AdminContext context, CancellationToken cancellationToken)
    {
        if (context.DryRun)
        {
            return AdminResult.Done("would remove the feeds of accounts not seen for days.");
        }

        var removed = await context.Services.GetRequiredService<PruneFeeds>().PruneAsync(cancellationToken);
        return AdminResult.Done($"{removed} feeds are removed.", ("feeds", removed));
    }

    private static async Task<AdminResult> RecountAsync(AdminContext context, CancellationToken cancellationToken)
    {
        // The same definitions as the triggers of the migration Counters.
        (string Column, string Find, string Fix)[] counts =
        [
            ("posts.like_count", "select p.id, (select count(*) from likes l where l.post_id = p.id) as n from posts p", "update posts set like_count"),
            ("posts.reply_count",
                "select p.id, (select count(*) from posts r where r.parent_id = p.id and r.published and r.deleted_at is null and r.hidden_at is null) as n from posts p",
                "update posts set reply_count"),
            ("accounts.follower_count", "select a.id, (select count(*) from follows f where f.followee_id = a.id) as n from accounts a", "update accounts set follower_count"),
            ("accounts.following_count", "select a.id, (select count(*) from follows f where f.follower_id = a.id) as n from accounts a", "update accounts set following_count"),
        ];
        var rows = new List<object?[]>();
        foreach (var (column, find, fix) in counts)
        {
            var (table, name) = (column.Split('.')[0], column.Split('.')[1]);
            // Built from the literals above alone.
            var question = $"select count(*)::int as \"Value\" from ({find}) c join {table} t on t.id = c.id where t.{name} <> c.n";
            var correction = $"{fix} = c.n from ({find}) c where {table}.id = c.id and {table}.{name} <> c.n";
            var wrong = context.DryRun
                ? (await context.Db.Database.SqlQueryRaw<int>(question).ToListAsync(cancellationToken))[0]
                : await context.Db.Database.ExecuteSqlRawAsync(correction, cancellationToken);
            rows.Add([column, wrong]);
        }

        return AdminResult.Table(["count", context.DryRun ? "wrong" : "corrected"], rows);
    }

    private static async Task<AdminResult> PurgeAsync(AdminContext context, CancellationToken cancellationToken)
    {
        var options = context.Services.GetRequiredService<IOptions<AccountOptions>>().Value;
        var now = context.Now;
        if (context.DryRun)
        {
            var before = now - options.DeletionGrace;
            var due = await context.Db.Accounts.CountAsync(account => account.DeletedAt < before && account.PurgedAt == null, cancellationToken);
            return AdminResult.Done($"would erase {due} accounts.", ("accounts", due));
        }

        var round = await PurgeAccounts.RunAsync(context.Db, options, now, cancellationToken);
        return AdminResult.Done(
            $"{round.Accounts} accounts are handed over for erasure, {round.Exports} exports and {round.Keys} idempotency keys are removed.",
            ("accounts", round.Accounts), ("exports", round.Exports), ("idempotencyKeys", round.Keys));
    }

    private static async Task<AdminResult> StatisticsAsync(AdminContext context, CancellationToken cancellationToken)
    {
        var db = context.Db;
        var (day, week) = (context.Now.AddDays(-1), context.Now.AddDays(-7));
        return AdminResult.Table(["what", "count"],
        [
            ["accounts", await db.Accounts.CountAsync(account => account.DeletedAt == null, cancellationToken)],
            ["accounts seen in 7 days", await db.Accounts.CountAsync(account => account.DeletedAt == null && account.LastSeenAt > week, cancellationToken)],
            ["accounts suspended", await db.Accounts.CountAsync(account => account.SuspendedAt != null, cancellationToken)],
            ["sessions", await db.Sessions.CountAsync(session => session.RevokedAt == null && session.ExpiresAt > context.Now, cancellationToken)],
            ["API keys", await db.ApiKeys.CountAsync(key => key.RevokedAt == null, cancellationToken)],
            ["posts", await db.Posts.LongCountAsync(post => post.Published && post.DeletedAt == null, cancellationToken)],
            ["posts in 24 hours", await db.Posts.CountAsync(post => post.Published && post.DeletedAt == null && post.CreatedAt > day, cancellationToken)],
            ["likes", await db.Likes.LongCountAsync(cancellationToken)],
            ["follows", await db.Follows.LongCountAsync(cancellationToken)],
            ["comments", await db.Comments.LongCountAsync(comment => comment.DeletedAt == null, cancellationToken)],
            ["reports open", await db.Reports.CountAsync(report => report.ResolvedAt == null, cancellationToken)],
            ["outbox waiting", await db.OutboxMessages.CountAsync(message => message.DeadAt == null, cancellationToken)],
            ["outbox dead", await db.OutboxMessages.CountAsync(message => message.DeadAt != null, cancellationToken)],
            ["boletos", await db.Boletos.LongCountAsync(cancellationToken)],
        ]);
    }

    private static async Task<AdminResult> ResetAsync(AdminContext context, Option<bool> yes, CancellationToken cancellationToken)
    {
        if (!context.Services.GetRequiredService<IHostEnvironment>().IsDevelopment())
        {
            return AdminResult.Refused("Only in Development (DOTNET_ENVIRONMENT=Development).");
        }

        var tables = context.Db.Model.GetEntityTypes().Select(entity => entity.GetTableName()!).Distinct().Order().ToList();
        if (!context.DryRun && !context.Arguments.GetValue(yes))
        {
            return AdminResult.Refused("This deletes everything. Say --yes.");
        }

        if (!context.DryRun)
        {
            // Names of the model, not of anybody.
            var truncation = $"truncate {string.Join(", ", tables)} restart identity cascade";
            await context.Db.Database.ExecuteSqlRawAsync(truncation, cancellationToken);
        }

        return AdminResult.Done($"{tables.Count} tables are empty.", ("tables", tables.Count));
    }
}
