using Npgsql;
using NpgsqlTypes;

namespace Pamps.Tests.Benchmarks;

/// <summary>Accounts, posts and follows with a long tail; the same each time, since the numbers have a fixed seed.</summary>
internal static class FeedDataset
{
    private const string Filler = "words that people write when they have something to say and somebody to read it, ";

#pragma warning disable CA5394 // Repeatable on purpose.
    public static string TextOf(int number) => $"Post {number}: {Filler}{Filler}"[..(80 + (number * 7919 % 60))];

    public static async Task FillAsync(NpgsqlDataSource database, BenchmarkOptions options)
    {
        var random = new Random(20090621);
        await using var connection = await database.OpenConnectionAsync();

        // Triggers would count half a million follows one by one.
        await ExecuteAsync(connection, "set session_replication_role = replica");
        await using (var accounts = await connection.BeginBinaryImportAsync(
            "copy accounts (id, username, display_name, bio, links, role, billing_operator, created_at, last_seen_at, feed_version, follower_count, following_count, pulled_feeds) from stdin (format binary)"))
        {
            var now = TimeProvider.System.GetUtcNow();
            for (var id = 1; id <= options.Accounts; id++)
            {
                await accounts.StartRowAsync();
                await accounts.WriteAsync((long)id);
                await accounts.WriteAsync($"account{id}");
                await accounts.WriteAsync($"Account {id}");
                await accounts.WriteAsync("");
                await accounts.WriteAsync(Array.Empty<string>());
                await accounts.WriteAsync("User");
                await accounts.WriteAsync(false);
                await accounts.WriteAsync(now, NpgsqlDbType.TimestampTz);
                await accounts.WriteAsync(now, NpgsqlDbType.TimestampTz);
                await accounts.WriteAsync(0L);
                await accounts.WriteAsync(0);
                await accounts.WriteAsync(0);
                await accounts.WriteAsync(false);
            }

            await accounts.CompleteAsync();
        }

        await using (var posts = await connection.BeginBinaryImportAsync(
            "copy posts (id, author_id, text, depth, created_at, published, version, like_count, reply_count, tags, mention_names) from stdin (format binary)"))
        {
            var start = TimeProvider.System.GetUtcNow().AddDays(-30);
            for (var id = 1; id <= options.Posts; id++)
            {
                await posts.StartRowAsync();
                await posts.WriteAsync((long)id);
                await posts.WriteAsync(Popular(random, options.Accounts));
                await posts.WriteAsync(TextOf(id));
                await posts.WriteAsync(0);
                await posts.WriteAsync(start.AddSeconds(id * 10), NpgsqlDbType.TimestampTz);
                await posts.WriteAsync(true);
                await posts.WriteAsync(1);
                await posts.WriteAsync(0);
                await posts.WriteAsync(0);
                await posts.WriteAsync(Array.Empty<string>());
                await posts.WriteAsync(Array.Empty<string>());
            }

            await posts.CompleteAsync();
        }

        var pairs = new HashSet<(long, long)>(options.Follows);
        await using (var follows = await connection.BeginBinaryImportAsync("copy follows (follower_id, followee_id, created_at) from stdin (format binary)"))
        {
            var now = TimeProvider.System.GetUtcNow();
            while (pairs.Count < options.Follows)
            {
                var pair = (random.NextInt64(options.Accounts) + 1, Popular(random, options.Accounts));
                if (pair.Item1 != pair.Item2 && pairs.Add(pair))
                {
                    await follows.StartRowAsync();
                    await follows.WriteAsync(pair.Item1);
                    await follows.WriteAsync(pair.Item2);
                    await follows.WriteAsync(now, NpgsqlDbType.TimestampTz);
                }
            }

            await follows.CompleteAsync();
        }

        await ExecuteAsync(connection, """
            set session_replication_role = origin;
            update accounts a set
                follower_count = (select count(*) from follows where followee_id = a.id),
                following_count = (select count(*) from follows where follower_id = a.id);
            select setval(pg_get_serial_sequence('accounts', 'id'), (select max(id) from accounts));
            select setval(pg_get_serial_sequence('posts', 'id'), (select max(id) from posts));
            """);
        await ExecuteAsync(connection, "vacuum analyze");
    }

    /// <summary>Makes an account follow so many others; some of them write much, most of them little.</summary>
    public static async Task FollowAsync(NpgsqlDataSource database, string username, int count)
    {
        await using var command = database.CreateCommand("""
            insert into follows (follower_id, followee_id, created_at)
            select r.id, f.id, now() from accounts r, (select id from accounts where username like 'account%' order by md5(id::text) limit $2) f
            where r.username = $1 on conflict do nothing
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = username });
        command.Parameters.Add(new NpgsqlParameter { Value = count });
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Makes so many accounts follow somebody.</summary>
    public static async Task FollowedByAsync(NpgsqlDataSource database, string username, int count)
    {
        await using var command = database.CreateCommand("""
            insert into follows (follower_id, followee_id, created_at)
            select f.id, s.id, now() from accounts s, (select id from accounts where username like 'account%' order by id limit $2) f
            where s.username = $1
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = username });
        command.Parameters.Add(new NpgsqlParameter { Value = count });
        command.CommandTimeout = 600;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Low numbers are popular: the square of an even spread has the tail of the real thing.</summary>
    private static long Popular(Random random, int accounts) => (long)(Math.Pow(random.NextDouble(), 3) * accounts) + 1;
#pragma warning restore CA5394
}
